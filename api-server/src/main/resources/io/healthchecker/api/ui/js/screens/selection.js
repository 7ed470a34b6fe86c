import { html, useState } from '../kit.js';
import { get, mayEdit, post, send } from '../api.js';
import { t } from '../i18n.js';
import { copy, Dialog, tell, tellError } from '../overlay.js';
import { STATES } from '../states.js';

const AT_ONCE = 6;

const isOurs = (columns, id) => columns.word('source', columns.rowOf.get(id)) === 'rest';

/** Does something to each service, some at once; answers what was refused. */
async function each(ids, act, onProgress = () => {}) {
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

function report(name, ids, refused, undo) {
  if (ids.length > refused.length) {
    tell(t(`act.done.${name}`, { n: ids.length - refused.length }), { undo });
  }
  if (refused.length > 0) {
    tell(t('act.failed', { n: refused.length, why: refused[0].error.message }), { error: true, requestId: refused[0].error.requestId });
  }
}

const setSuspended = (suspend) => (id) => send('PATCH', `/services/${id}`, { body: { suspend }, headers: { 'Content-Type': 'application/merge-patch+json' } });

async function suspend(columns, selection, onProgress) {
  const ids = [...selection.value].filter((id) => isOurs(columns, id));
  const isAll = ids.every((id) => STATES[columns.state[columns.rowOf.get(id)]] === 'Suspended');
  const name = isAll ? 'resume' : 'suspend';
  const refused = await each(ids, setSuspended(!isAll), onProgress);
  report(name, ids, refused, () => each(ids, setSuspended(isAll)));
}

async function check(columns, selection, onProgress) {
  const ids = [...selection.value];
  report('check', ids, await each(ids, (id) => post(`/services/${id}:check`), onProgress));
}

async function copyYaml(columns, selection) {
  try {
    const manifests = [];
    for (const id of selection.value) {
      manifests.push(await get(`/services/${id}/manifest`, { headers: { Accept: 'application/yaml, */*' } }));
    }
    await copy(manifests.join('---\n'));
  } catch (error) {
    tellError(t('cannotCopy'), error);
  }
}

/** The actions by the names of their keys. */
export const actions = { check, suspend, copyYaml };

/** Which services are selected, and what can be done to them. */
export default function SelectionBar({ columns, matching, selection }) {
  const [progress, setProgress] = useState();
  const [deleting, setDeleting] = useState(false);
  const ids = [...selection.value];
  const foreign = ids.filter((id) => !isOurs(columns, id)).length;
  const run = (act) => async () => {
    await act(columns, selection, (done) => setProgress({ done, n: ids.length }));
    setProgress(undefined);
  };
  return html`<div class="selection" role="toolbar" aria-label=${t('selected', { n: ids.length })}>
    <strong class="figures">${t('selected', { n: ids.length })}</strong>
    ${ids.length < matching.total && html`<button class="link" onClick=${() => (selection.value = new Set([...matching.order].map((row) => columns.id[row])))}>${t('selectMatching', { n: matching.total })}</button>`}
    ${mayEdit() && html`<button onClick=${run(check)}>${t('act.check')}</button>`}
    ${mayEdit() && ids.length > foreign && html`<button onClick=${run(suspend)}>${t('act.suspend')}</button>
      <button class="danger" onClick=${() => setDeleting(true)}>${t('act.delete')}</button>`}
    <button onClick=${run(copyYaml)}>${t('act.copyYaml')}</button>
    ${foreign > 0 && html`<span class="soft">${t('leftOut', { n: foreign })}</span>`}
    <span class="grow" />
    ${progress && html`<span class="figures" role="status">${t('act.progress', progress)}</span>`}
    <button class="quiet" onClick=${() => (selection.value = new Set())}>${t('clearSelection')} <kbd>Esc</kbd></button>
    ${deleting && html`<${ConfirmDelete} n=${ids.length - foreign} onClose=${() => setDeleting(false)} onConfirm=${async () => {
      setDeleting(false);
      const ours = ids.filter((id) => isOurs(columns, id));
      report('delete', ours, await each(ours, (id) => send('DELETE', `/services/${id}`)));
      selection.value = new Set();
    }} />`}
  </div>`;
}

/** Deleting asks for the number of services, typed. @param {{n: number, onClose: () => void, onConfirm: () => void}} props */
export function ConfirmDelete({ n, onClose, onConfirm }) {
  const [typed, setTyped] = useState('');
  return html`<${Dialog} title=${t('delete.title', { n })} onClose=${onClose}>
    <p>${t('delete.text')}</p>
    <form onSubmit=${(event) => { event.preventDefault(); onConfirm(); }}>
      <label class="field">${t('delete.type', { n })}<input inputmode="numeric" autofocus value=${typed} onInput=${(event) => setTyped(event.target.value.trim())} /></label>
      <footer class="buttons end"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="danger" disabled=${typed !== String(n)}>${t('delete')}</button></footer>
    </form>
  <//>`;
}
