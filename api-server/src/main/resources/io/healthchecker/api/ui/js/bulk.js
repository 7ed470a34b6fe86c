import { get, post, Problem, send } from './api.js';
import { FACETS } from './filter.js';
import { t } from './i18n.js';

const AT_ONCE = 6;
const LOOK_EVERY = 500;
/** How many services the API changes at one word; more than a thousand in the background. */
export const MOST = 25_000;

/**
 * Does something to each service, some at once.
 * @param {number[]} ids @param {(id: number) => Promise<unknown>} act @param {(done: number) => void} [onProgress]
 * @returns {Promise<{id: number, error: Error}[]>} what was refused
 */
export async function each(ids, act, onProgress = () => {}) {
  const waiting = [...ids];
  const refused = [];
  let done = 0;
  const run = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await act(id);
      } catch (error) {
        refused.push({ id, error });
      }
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return refused;
}

export const patch = (body) => (id) => send('PATCH', `/services/${id}`, { body, headers: { 'Content-Type': 'application/merge-patch+json' } });
/** What was said of a service, as the resource that kubectl would apply. */
export const manifestOf = (id) => get(`/services/${id}/manifest`, { headers: { Accept: 'application/yaml' } });
export const check = (id) => post(`/services/${id}:check`);
export const remove = (id) => send('DELETE', `/services/${id}`);

/** What of a search string is a filter. */
export function filterOf(search) {
  const params = new URLSearchParams(search);
  return [...params].filter(([name]) => name === 'q' || FACETS.includes(name)).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/**
 * What came of changing many.
 * @typedef {{changed: number[], refused: {id: number, error: Error}[], leftOut: {id: number, name: string, why: string}[]}} Outcome
 */

/**
 * All that a filter finds, by one call; refused where there are more or fewer than the person saw. Of many a job tells how
 * far it has come; it goes on where nobody looks any more.
 * @param {{search: string, count: number}} matching @param {{patch: object}|{remove: true}} change
 * @param {(done: number) => void} [onProgress] @returns {Promise<Outcome>}
 */
export async function changeMatching({ search, count }, change, onProgress = () => {}) {
  let done = await post('/services:bulk', { filter: filterOf(search), expectedCount: count, ...change });
  while (done.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    done = await get(`/bulk-jobs/${done.id}`);
    onProgress(done.done);
  }
  if (done.state === 'stopped') {
    throw new Problem(500, { detail: t('act.stopped', { done: done.done, n: done.matched }) });
  }
  return { changed: done.changed, leftOut: done.leftOut, refused: done.failed.map(({ id, why }) => ({ id, error: new Problem(409, { detail: why }) })) };
}

/** How the owners of resources make a change of their own, one line each. @param {number[]} ids @param {object} spec */
export async function kubectlScript(ids, spec) {
  const lines = [];
  for (const id of ids) {
    const { owner, source } = await get(`/services/${id}`);
    if (source === 'kubernetes') {
      const [name, namespace] = owner.split('/').reverse();
      lines.push(`kubectl -n ${namespace} patch healthcheckservice ${name} --type merge -p '${JSON.stringify({ spec })}'`);
    }
  }
  return `${lines.join('\n')}\n`;
}
