import { html, style, useState } from '../kit.js';
import { mayEdit } from '../api.js';
import { changeMatching, check, each, kubectlScript, manifestOf, MOST, patch, remove } from '../bulk.js';
import { t } from '../i18n.js';
import { copy, Dialog, tell, tellError } from '../overlay.js';
import { STATES } from '../states.js';

style('detail'); // of its forms

const isOurs = (columns, id) => columns.word('source', columns.rowOf.get(id)) === 'rest';
const isSuspended = (columns, id) => STATES[columns.state[columns.rowOf.get(id)]] === 'Suspended';

/**
 * Which services are selected. Where they are all that a filter finds, the filter stands beside them, so that the server
 * can compare what it finds.
 * @param {Iterable<number>} ids @param {string} search
 */
export function allMatching(ids, search) {
  const selected = new Set(ids);
  selected.matching = { search, count: selected.size };
  return selected;
}

/** Fails as the first of those that were refused. */
function refuse(refused) {
  if (refused.length > 0) {
    throw refused[0].error;
  }
}

/** Says what was done, and what was not; undo and retry where that can be. @param {string} name @param {import('../bulk.js').Outcome} outcome */
function report(name, { changed, refused, leftOut }, { undo, retry } = {}) {
  if (changed.length > 0 || refused.length === 0) {
    const left = leftOut.length > 0 ? ` ${t('leftOutNamed', { n: leftOut.length, names: leftOut.slice(0, 3).map((one) => one.name).join(', ') })}` : '';
    tell(`${t(`act.done.${name}`, { n: changed.length })}.${left}`, { undo: changed.length > 0 ? undo : undefined });
  }
  if (refused.length > 0) {
    const { error } = refused[0];
    tell(t('act.failed', { n: refused.length, why: error.message }), { error: true, requestId: error.requestId, retry });
  }
}

/**
 * Changes what is selected: all matching by one call, else one by one. What fails as a whole leaves the selection as it is.
 * @returns {Promise<boolean>} whether it was done
 */
async function change(columns, selection, name, { body, undo, onProgress }) {
  const selected = selection.value;
  const ids = [...selected];
  const ours = ids.filter((id) => isOurs(columns, id));
  const left = ids.filter((id) => !isOurs(columns, id)).map((id) => ({ id, name: columns.name[columns.rowOf.get(id)] }));
  const one = body ? patch(body) : remove;
  try {
    const outcome = selected.matching && ids.length <= MOST
      ? await changeMatching(selected.matching, body ? { patch: body } : { remove: true }, onProgress)
      : await each(ours, one, onProgress).then((refused) => ({ refused, leftOut: left, changed: ours.filter((id) => !refused.some((other) => other.id === id)) }));
    const again = async () => report(name, { changed: [], leftOut: [], refused: await each(outcome.refused.map(({ id }) => id), one) });
    report(name, outcome, { undo: undo && (() => undo(outcome.changed).then(refuse)), retry: again });
    return true;
  } catch (error) {
    tellError(t(`act.${name}`), error);
    return false;
  }
}

function suspend(columns, selection, onProgress) {
  const ours = [...selection.value].filter((id) => isOurs(columns, id));
  const before = new Set(ours.filter((id) => isSuspended(columns, id)));
  const isAll = ours.length > 0 && before.size === ours.length;
  return change(columns, selection, isAll ? 'resume' : 'suspend', {
    body: { suspend: !isAll },
    onProgress,
    undo: (changed) => each(changed.filter((id) => before.has(id) === isAll), patch({ suspend: isAll })),
  });
}

async function checkNow(columns, selection, onProgress) {
  const ids = [...selection.value];
  const refused = await each(ids, check, onProgress);
  report('check', { changed: ids.slice(refused.length), refused, leftOut: [] });
}

function label(columns, selection, key, value, onProgress) {
  const before = new Map([...selection.value].map((id) => [id, columns.label(columns.rowOf.get(id), key) ?? null]));
  return change(columns, selection, 'label', {
    body: { labels: { [key]: value } },
    onProgress,
    undo: (changed) => each(changed, (id) => patch({ labels: { [key]: before.get(id) } })(id)),
  });
}

async function copyYaml(columns, selection) {
  try {
    const manifests = [];
    for (const id of selection.value) {
      manifests.push(await manifestOf(id));
    }
    await copy(manifests.join('---\n'));
  } catch (error) {
    tellError(t('cannotCopy'), error);
  }
}

/** The actions by the names of their keys. */
export const actions = { check: checkNow, suspend, copyYaml };

/** How many are selected, and what can be done to them. */
export default function SelectionBar({ columns, matching, selection, search }) {
  const [progress, setProgress] = useState();
  const [dialog, setDialog] = useState();
  const ids = [...selection.value];
  const foreign = ids.filter((id) => !isOurs(columns, id));
  const ours = ids.length - foreign.length;
  const run = (act) => async () => {
    setDialog(undefined);
    setProgress({ done: 0, n: ids.length });
    const isDone = await act((done) => setProgress({ done, n: ids.length }));
    setProgress(undefined);
    return isDone;
  };
  const isAllSuspended = ours > 0 && ids.every((id) => !isOurs(columns, id) || isSuspended(columns, id));
  const removeAll = async () => {
    if (await run((onProgress) => change(columns, selection, 'delete', { onProgress }))()) {
      selection.value = new Set();
    }
  };
  const copyScript = async () => {
    try {
      await copy(await kubectlScript(foreign, { suspend: true }));
    } catch (error) {
      tellError(t('cannotCopy'), error);
    }
  };
  return html`<div class="selection" role="toolbar" aria-label=${t('selected', { n: ids.length })}>
    <strong class="figures">${t('selected', { n: ids.length })}</strong>
    ${ids.length < matching.total && html`<button class="link" onClick=${() => (selection.value = allMatching([...matching.order].map((row) => columns.id[row]), search))}>${t('selectMatching', { n: matching.total })}</button>`}
    ${mayEdit() && html`<button onClick=${run((onProgress) => checkNow(columns, selection, onProgress))}>${t('act.check')}</button>`}
    ${mayEdit() && ours > 0 && html`<button onClick=${run((onProgress) => suspend(columns, selection, onProgress))}>${t(isAllSuspended ? 'act.resume' : 'act.suspend')}</button>
      <button onClick=${() => setDialog('label')}>${t('act.label')}</button>
      <button class="danger" onClick=${() => setDialog('delete')}>${t('act.delete')}</button>`}
    <button onClick=${run(() => copyYaml(columns, selection))}>${t('act.copyYaml')}</button>
    ${foreign.length > 0 && html`<span class="soft">${t('leftOut', { n: foreign.length })}</span> ${mayEdit() && html`<button class="link" onClick=${copyScript}>${t('act.copySuspend')}</button>`}`}
    <span class="grow" />
    ${progress && html`<span class="figures" role="status">${t('act.progress', progress)}</span>`}
    <button class="quiet" onClick=${() => (selection.value = new Set())}>${t('clearSelection')} <kbd>Esc</kbd></button>
    ${dialog === 'delete' && html`<${ConfirmDelete} n=${ours} onClose=${() => setDialog(undefined)} onConfirm=${removeAll} />`}
    ${dialog === 'label' && html`<${LabelDialog} n=${ours} onClose=${() => setDialog(undefined)} onConfirm=${(key, value) => run((onProgress) => label(columns, selection, key, value, onProgress))()} />`}
  </div>`;
}

/** A label for all that is selected; without a value it is taken away. */
function LabelDialog({ n, onClose, onConfirm }) {
  const [pair, setPair] = useState({ key: '', value: '' });
  return html`<${Dialog} title=${t('label.title', { n })} onClose=${onClose}>
    <form class="edit-form" onSubmit=${(event) => { event.preventDefault(); onConfirm(pair.key.trim(), pair.value.trim() || null); }}>
      <label class="field">${t('labelKey')}<input required autofocus value=${pair.key} placeholder="tier" onInput=${(event) => setPair({ ...pair, key: event.target.value })} /></label>
      <label class="field">${t('labelValue')}<input value=${pair.value} placeholder="1" onInput=${(event) => setPair({ ...pair, value: event.target.value })} /><span class="hint">${t('label.hint')}</span></label>
      <footer class="buttons end"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('save')}</button></footer>
    </form>
  <//>`;
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
