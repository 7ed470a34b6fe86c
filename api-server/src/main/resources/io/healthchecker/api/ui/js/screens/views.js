import { html, style, useLoad, useState } from '../kit.js';
import { wish } from '../notify.js';
import { prefs } from '../prefs.js';
import { get, mayEdit, post, send } from '../api.js';
import { t } from '../i18n.js';
import { Failure, tell, tellError } from '../overlay.js';
import { go } from '../router.js';

await style('filters');

/** Named filters: those that are there, and what is shown now under a name. @param {{search: string, close: () => void}} props */
export default function Views({ search, close }) {
  const { value, error, again } = useLoad(() => get('/views'), []);
  const [wanted, setWanted] = useState({ name: '', shared: false });
  const query = search.replace(/^\?/, '');
  const save = async (event) => {
    event.preventDefault();
    try {
      const saved = await post('/views', { ...wanted, query });
      tell(t('savedView', { name: saved.name }));
      setWanted({ name: '', shared: false });
      again();
    } catch (problem) {
      tellError(t('cannotSave'), problem);
    }
  };
  const remove = async (view) => {
    try {
      await send('DELETE', `/views/${view.id}`);
      tell(t('removedView', { name: view.name }), { undo: () => post('/views', { name: view.name, query: view.query, shared: view.shared }) });
    } catch (problem) {
      tellError(t('remove'), problem);
    }
    again();
  };
  const isNotified = prefs.value.notify === search;
  const notify = async () => {
    if (!(await wish(isNotified ? undefined : search))) {
      tell(t('notify.refused'), { error: true });
    }
  };
  const open = (view) => {
    close();
    go(`/services${view.query ? `?${view.query}` : ''}`);
  };
  return html`<div class="views">
    ${error && html`<${Failure} what=${t('cannotLoadViews')} error=${error} retry=${again} />`}
    ${value?.items.length === 0 && html`<p class="soft">${t('noViews')}</p>`}
    ${value && html`<ul>${value.items.map((view) => html`<li class="facet" key=${view.id}>
      <button aria-current=${view.query === query ? 'true' : undefined} title=${view.query} onClick=${() => open(view)}><span class="clip">${view.name}</span>${view.shared && html` <small class="soft">${view.removable ? t('shared') : t('sharedBy', { who: view.owner })}</small>`}</button>
      ${view.removable && html`<button class="not" aria-label=${t('removeView', { name: view.name })} onClick=${() => remove(view)}>×</button>`}</li>`)}</ul>`}
    <form onSubmit=${save}><label class="field">${t('saveView')}<input required maxlength="100" value=${wanted.name} placeholder=${t('viewName')} onInput=${(event) => setWanted({ ...wanted, name: event.target.value })} /></label>
      ${mayEdit() && html`<label class="unit"><input type="checkbox" checked=${wanted.shared} onChange=${(event) => setWanted({ ...wanted, shared: event.target.checked })} />${t('shareView')}</label>`}
      <button>${t('save')}</button></form>
    <p class="notify">${isNotified ? html`${t('notify.on')} ` : ''}<button onClick=${notify}>${t(isNotified ? 'notify.end' : 'notify.me')}</button></p>
  </div>`;
}
