import { html, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { SECONDS } from '../bars.js';
import { put } from '../filter.js';
import { latency, moment, now } from '../format.js';
import { t } from '../i18n.js';
import { useKeys } from '../keys.js';
import { fleet } from '../live.js';
import { Failure, Lazy } from '../overlay.js';
import { go } from '../router.js';

const POINTS = 360;
const SHORTEST = 300; // seconds
const DAY = 86_400;

/** Percentiles of the latency over a range or a part of it, which the address tells. @param {{service: any, range: string, search: string}} props */
export default function Latency({ service, range, search }) {
  const [asTable, setAsTable] = useState(false);
  const params = new URLSearchParams(search);
  const location = params.get('location') ?? '';
  const end = Math.ceil(now.value / 60_000) * 60;
  const whole = { from: end - SECONDS[range], to: end };
  const part = partOf(params.get('zoom'));
  const { from, to } = part ?? whole;
  const series = useLoad(
    () => get(`/services/${service.id}/series?from=${iso(from)}&to=${iso(to)}&points=${POINTS}${location && `&location=${encodeURIComponent(location)}`}`),
    [service.id, location, ...(part ? [from, to] : [range, Math.floor(end / (SECONDS[range] > DAY ? 600 : 60))])],
  );
  const show = (change) => go(`/services/${service.id}${change}`, { replace: true });
  const look = (next) => {
    const width = Math.min(Math.max(SHORTEST, next.to - next.from), SECONDS[range]);
    const last = Math.min(end, Math.round(next.to));
    const isAll = width === SECONDS[range] && last === end;
    show(put(search, 'zoom', isAll ? '' : `${Math.round(last - width)}-${last}`));
  };
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  const acts = {
    pan: [['[', 'panBack', '◀', () => look({ from: from - half, to: to - half })], [']', 'panOn', '▶', () => look({ from: from + half, to: to + half })]],
    zoom: [['-', 'zoomOut', '−', () => look({ from: middle - 2 * half, to: middle + 2 * half })], ['+', 'zoomIn', '+', () => look({ from: middle - half / 2, to: middle + half / 2 })], ['0', 'zoomAll', '⟲', () => look(whole)]],
  };
  useKeys(Object.fromEntries(Object.values(acts).flat().map(([key, , , act]) => [key, act])));
  const places = locationsOf(service.id, location);
  return html`<section class="panel" aria-labelledby="latency-title">
      <header><h2 id="latency-title">${t('latency')}</h2><span class="soft">${series.value && t('bucketWidth', { width: bucketWidth(series.value.stepSeconds) })}</span>
        ${part && html`<span class="soft figures zoomed">${moment(from * 1_000)} – ${moment(to * 1_000)}</span>`}<span class="grow" />
        ${(places.length > 1 || location) && html`<select aria-label=${t('facet.location')} value=${location} onChange=${(event) => show(put(search, 'location', event.target.value))}>
          <option value="">${t('allLocations')}</option>${places.map((place) => html`<option value=${place}>${place}</option>`)}</select>`}
        ${Object.entries(acts).map(([name, buttons]) => html`<div class="segments" role="group" aria-label=${t(`chart.${name}`)}>${buttons.map(([key, label, sign, act]) => html`<button aria-label=${t(`chart.${label}`)} title=${`${t(`chart.${label}`)} (${key})`} onClick=${act}>${sign}</button>`)}</div>`)}
        <button aria-pressed=${String(asTable)} onClick=${() => setAsTable(!asTable)}>${t('asTable')}</button></header>
      ${series.error && html`<${Failure} what=${t('cannotLoadSeries')} error=${series.error} retry=${series.again} />`}
      ${series.value ? (asTable ? html`<${SeriesTable} series=${series.value} />` : html`<${Lazy} from=${() => import('../chart.js')} props=${{ series: series.value, service, onZoom: look }} />`) : !series.error && html`<div class="chart-space" />`}
    </section>`;
}

/** What the address says is looked at, as epoch seconds; undefined where that is the whole range. */
function partOf(zoom) {
  const [, from, to] = /^(\d{1,11})-(\d{1,11})$/.exec(zoom ?? '') ?? [];
  return to - from >= SHORTEST ? { from: Number(from), to: Number(to) } : undefined;
}

/** From where it has been checked; at least what the address names. */
function locationsOf(id, named) {
  const columns = fleet.value;
  const row = columns?.rowOf.get(id);
  const known = row === undefined ? '' : columns.word('location', row);
  return [...new Set([...known.split(','), named])].filter(Boolean).sort();
}

const iso = (seconds) => encodeURIComponent(new Date(seconds * 1_000).toISOString());
const bucketWidth = (seconds) => (seconds >= 3_600 ? t('unit.h', { n: Math.round(seconds / 3_600) }) : seconds >= 60 ? t('unit.min', { n: Math.round(seconds / 60) }) : t('unit.s', { n: seconds }));

function SeriesTable({ series }) {
  return html`<div class="scroll-x tall" tabindex="0"><table><thead><tr><th>${t('time')}</th><th>p50</th><th>p95</th><th>p99</th><th>${t('results')}</th><th>${t('state.Down')}</th><th>${t('state.Unknown')}</th></tr></thead>
    <tbody>${series.t.map((at, i) => series.count[i] > 0 && html`<tr><td>${moment(at * 1_000)}</td><td>${latency(series.p50[i])}</td><td>${latency(series.p95[i])}</td><td>${latency(series.p99[i])}</td><td>${t('count', { n: series.count[i] })}</td><td>${t('count', { n: series.down[i] })}</td><td>${t('count', { n: series.unknown[i] })}</td></tr>`)}</tbody></table></div>`;
}
