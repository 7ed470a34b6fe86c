import { html, useEffect, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { put } from '../filter.js';
import { moment } from '../format.js';
import { t } from '../i18n.js';
import { attempt, copy, Empty, Failure } from '../overlay.js';
import { address, go } from '../router.js';

const PAGE = 100;
const FILTERS = ['actor', 'action', 'object'];

/** Who changed what, the newest first; of one object where the address says so. */
export default function Audit() {
  const { search } = address.value;
  const params = new URLSearchParams(search);
  const query = FILTERS.filter((name) => params.get(name)).map((name) => `&${name}=${encodeURIComponent(params.get(name))}`).join('');
  const { value, error, again } = useLoad(() => get(`/audit?limit=${PAGE}${query}`), [query]);
  const [older, setOlder] = useState({ items: [] });
  useEffect(() => setOlder({ items: [] }), [value]);
  const cursor = 'cursor' in older ? older.cursor : value?.nextCursor;
  const readOn = () => attempt(t('cannotLoadAudit'), async () => {
    const next = await get(`/audit?limit=${PAGE}${query}&cursor=${encodeURIComponent(cursor)}`);
    setOlder({ items: [...older.items, ...next.items], cursor: next.nextCursor });
  });
  const exported = () => attempt(t('copyNdjson'), async () => copy(await get(`/audit/export${query.replace('&', '?')}`, { headers: { Accept: '*/*' } })));
  const entries = [...(value?.items ?? []), ...older.items];
  return html`<header><h1>${t('nav.audit')}</h1><span class="grow" /><button onClick=${exported}>${t('copyNdjson')}</button></header>
    <form class="fields" role="search" onSubmit=${(event) => event.preventDefault()}>${FILTERS.map((name) => html`<label class="field">${t(`audit.${name}`)}<input type="search" value=${params.get(name) ?? ''} onChange=${(event) => go(`/admin/audit${put(search, name, event.target.value.trim())}`)} /></label>`)}</form>
    ${error && html`<${Failure} what=${t('cannotLoadAudit')} error=${error} retry=${again} />`}
    ${value && (entries.length === 0 ? html`<section class="panel"><${Empty} title=${t('noAudit')}><p>${t(query ? 'noAuditMatch' : 'noAuditText')}</p>${query ? html`<button onClick=${() => go('/admin/audit')}>${t('clearFilters')}</button>` : html`<a class="button" href="/services/new">${t('newService')}</a>`}<//></section>` : html`<section class="panel scroll-x"><table><thead><tr><th>${t('time')}</th><th>${t('audit.actor')}</th><th>${t('audit.action')}</th><th>${t('audit.object')}</th><th>${t('audit.change')}</th><th>${t('audit.request')}</th></tr></thead>
      <tbody>${entries.map((entry) => html`<tr><td><time datetime=${entry.at}>${moment(entry.at)}</time></td><td>${entry.actor}</td><td>${entry.action}</td><td>${objectOf(entry)}</td><td><span class="diff">${diffOf(entry).map((line) => html`<span>${line}</span>`)}</span></td><td class="mono soft">${entry.requestId ?? ''}</td></tr>`)}</tbody></table>${cursor && html`<p class="panel-body"><button onClick=${readOn}>${t('older')}</button></p>`}</section>`)}`;
}

const objectOf = ({ object, name }) => [object, name].filter(Boolean).join(' ');

/** What changed, from what to what. */
function diffOf({ before, after }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name])).map((name) => `${name} ${[before, after].filter(Boolean).map((side) => JSON.stringify(side[name] ?? null)).join(' → ')}`);
}
