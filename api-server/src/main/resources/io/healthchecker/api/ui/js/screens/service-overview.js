import { html, useEffect, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { SECONDS } from '../bars.js';
import { hear } from '../feed.js';
import { clock, latency, micros, moment, now, second } from '../format.js';
import { t } from '../i18n.js';
import { Failure, Lazy } from '../overlay.js';
import { Glyph, OUTCOME } from '../states.js';

const POINTS = 360;
const LATEST = 8;

/** What it reports or how long its answers took over a range, and the newest results. @param {{service: any, range: string, search: string}} props */
export default function Overview({ service, range }) {
  return html`<div class="overview">
    ${service.heartbeat ? html`<${Lazy} from=${() => import('./service-heartbeat.js')} props=${{ service }} />` : html`<${Latency} service=${service} range=${range} />`}
    <${Latest} service=${service} />
  </div>`;
}

function Latency({ service, range }) {
  const [asTable, setAsTable] = useState(false);
  const to = Math.ceil(now.value / 60_000) * 60_000;
  const series = useLoad(
    () => get(`/services/${service.id}/series?from=${iso(to - SECONDS[range] * 1_000)}&to=${iso(to)}&points=${POINTS}`),
    [service.id, range, Math.floor(to / (SECONDS[range] > 86_400 ? 600_000 : 60_000))],
  );
  return html`<section class="panel" aria-labelledby="latency-title">
      <header><h2 id="latency-title">${t('latency')}</h2><span class="soft">${series.value && t('bucketWidth', { width: bucketWidth(series.value.stepSeconds) })}</span><span class="grow" />
        <button aria-pressed=${String(asTable)} onClick=${() => setAsTable(!asTable)}>${t('asTable')}</button></header>
      ${series.error && html`<${Failure} what=${t('cannotLoadSeries')} error=${series.error} retry=${series.again} />`}
      ${series.value ? (asTable ? html`<${SeriesTable} series=${series.value} />` : html`<${Lazy} from=${() => import('../chart.js')} props=${{ series: series.value, service }} />`) : !series.error && html`<div class="chart-space" />`}
    </section>`;
}

const iso = (millis) => encodeURIComponent(new Date(millis).toISOString());
const bucketWidth = (seconds) => (seconds >= 3_600 ? t('unit.h', { n: Math.round(seconds / 3_600) }) : seconds >= 60 ? t('unit.min', { n: Math.round(seconds / 60) }) : t('unit.s', { n: seconds }));

function SeriesTable({ series }) {
  return html`<div class="scroll-x tall" tabindex="0"><table><thead><tr><th>${t('time')}</th><th>p50</th><th>p95</th><th>p99</th><th>${t('results')}</th><th>${t('state.Down')}</th><th>${t('state.Unknown')}</th></tr></thead>
    <tbody>${series.t.map((at, i) => series.count[i] > 0 && html`<tr><td>${moment(at * 1_000)}</td><td>${latency(series.p50[i])}</td><td>${latency(series.p95[i])}</td><td>${latency(series.p99[i])}</td><td>${t('count', { n: series.count[i] })}</td><td>${t('count', { n: series.down[i] })}</td><td>${t('count', { n: series.unknown[i] })}</td></tr>`)}</tbody></table></div>`;
}

/** The newest results; new ones arrive by the feed. */
function Latest({ service }) {
  const { value, error, again } = useLoad(() => get(`/services/${service.id}/health-checks?limit=${LATEST}`), [service.id]);
  const [arrived, setArrived] = useState([]);
  useEffect(() => hear('result', ({ data }) => data.serviceId === service.id && setArrived((before) => [data, ...before].slice(0, LATEST))), [service.id]);
  const seen = new Set();
  const results = [...arrived, ...(value?.items ?? [])].filter(({ slot, location }) => !seen.has(`${slot}~${location}`) && seen.add(`${slot}~${location}`)).slice(0, LATEST);
  return html`<section class="panel" aria-labelledby="latest-title"><header><h2 id="latest-title">${t('latestResults')}</h2><span class="grow" /><a href=${`/services/${service.id}?tab=results`}>${t('allResults')}</a></header>
    ${error && html`<${Failure} what=${t('cannotLoadResults')} error=${error} retry=${again} />`}
    ${value && results.length === 0 ? html`<p class="panel-body soft">${t('noResultYet')}</p>` : html`<div class="scroll-x"><table class="results"><tbody>${results.map((result) => html`<${ResultRow} key=${`${result.slot}~${result.location}`} result=${result} />`)}</tbody></table></div>`}
  </section>`;
}

/** One result as a row of a table. */
export function ResultRow({ result, isOpen }) {
  const state = OUTCOME[result.outcome];
  return html`<tr class=${isOpen ? 'open' : ''}>
    <td><time datetime=${result.slot} title=${moment(result.slot)}><a href=${`/services/${result.serviceId}/results/${new Date(result.slot).getTime()}~${result.location}`}>${second.value - new Date(result.slot).getTime() < 43_200_000 ? clock(result.slot) : moment(result.slot)}</a></time></td>
    <td>${result.location}</td>
    <td><span class="result-state"><${Glyph} state=${state} /><span class="word w-${state}">${t(`state.${state}`)}</span></span></td>
    <td class="number">${micros(result.latencyMicros)}</td>
    <td class="why">${result.outcome === 'UP' ? (result.httpStatus ?? '') : (result.detail ?? result.text)}</td>
  </tr>`;
}
