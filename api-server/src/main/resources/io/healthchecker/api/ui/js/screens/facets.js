import { html, style, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { facet } from '../arrange.js';
import { chips, toggle } from '../filter.js';
import { t } from '../i18n.js';
import { isServerMode } from '../live.js';
import { Failure } from '../overlay.js';
import { go } from '../router.js';

await style('filters');

const NAMES = ['namespace', 'label', 'probe', 'location', 'source', 'has'];
const HAS = ['incident', 'failing', 'late', 'flapping', 'maintenance'];
const MOST = 30;

/** The same by the server's count; labels come by key. */
export function counted(counts, name) {
  const values = name === 'label'
    ? Object.entries(counts.label).flatMap(([key, all]) => Object.entries(all).map(([value, n]) => [`${key}:${value}`, n]))
    : Object.entries(counts[name]).filter(([value]) => value);
  return values.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** What can be filtered by, each value with how many there would be. */
export default function Facets({ columns, query, search }) {
  const [text, setText] = useState('');
  const { value: counts, error, again } = useLoad(async () => (isServerMode.value ? get(`/services/facets${search}`) : undefined), [search]);
  const valuesOf = (name) => (!isServerMode.value ? facet(columns, query, name) : counts ? counted(counts, name) : []);
  const active = new Set(chips(search).map(({ name, term }) => `${name}=${term}`));
  const flip = (name, value) => go(`/services${toggle(search, name, value)}`);
  return html`<div class="facets">
    <input type="search" placeholder=${t('facet.find')} aria-label=${t('facet.find')} value=${text} onInput=${(event) => setText(event.target.value.toLowerCase())} />
    ${error && html`<${Failure} what=${t('cannotCount')} error=${error} retry=${again} />`}
    ${NAMES.map((name) => {
      const values = (name === 'has' ? HAS.map((value) => [value, undefined]) : valuesOf(name)).filter(([value]) => value.toLowerCase().includes(text));
      return values.length > 0 && html`<fieldset><legend>${t(`facet.${name}`)}</legend>
        ${values.slice(0, MOST).map(([value, count]) => html`<div class="facet" key=${value}>
          <button role="checkbox" aria-checked=${String(active.has(`${name}=${value}`))} onClick=${() => flip(name, value)}><span class="clip">${name === 'has' ? t(`has.${value}`) : value}</span>${count !== undefined && html` <span class="figures soft">${t('count', { n: count })}</span>`}</button>
          <button class="not" aria-pressed=${String(active.has(`${name}=-${value}`))} aria-label=${t('facet.not', { value })} title=${t('facet.not', { value })} onClick=${() => flip(name, `-${value}`)}>≠</button></div>`)}
        ${values.length > MOST && html`<p class="soft">${t('facet.more', { n: values.length - MOST })}</p>`}
      </fieldset>`;
    })}
  </div>`;
}
