import { html, useEffect, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { hear } from '../feed.js';
import { clock, micros, moment, second } from '../format.js';
import { t } from '../i18n.js';
import { Failure, Lazy } from '../overlay.js';
import { Glyph, OUTCOME } from '../states.js';
import Latency from './service-latency.js';

const LATEST = 8;

/** What it reports or how long its answers took over a range, and the newest results. @param {{service: any, range: string, search: string}} props */
export default function Overview({ service, range, search }) {
  return html`<div class="overview">
    ${service.heartbeat ? html`<${Lazy} from=${() => import('./service-heartbeat.js')} props=${{ service }} />` : html`<${Latency} service=${service} range=${range} search=${search} />`}
    <${Latest} service=${service} search=${search} />
  </div>`;
}

/** The newest results; new ones arrive by the feed. */
function Latest({ service, search }) {
  const { value, error, again } = useLoad(() => get(`/services/${service.id}/health-checks?limit=${LATEST}`), [service.id]);
  const [arrived, setArrived] = useState([]);
  useEffect(() => hear('result', ({ data }) => data.serviceId === service.id && setArrived((before) => [data, ...before].slice(0, LATEST))), [service.id]);
  const seen = new Set();
  const results = [...arrived, ...(value?.items ?? [])].filter(({ slot, location }) => !seen.has(`${slot}~${location}`) && seen.add(`${slot}~${location}`)).slice(0, LATEST);
  return html`<section class="panel" aria-labelledby="latest-title"><header><h2 id="latest-title">${t('latestResults')}</h2><span class="grow" /><a href=${`/services/${service.id}?tab=results`}>${t('allResults')}</a></header>
    ${error && html`<${Failure} what=${t('cannotLoadResults')} error=${error} retry=${again} />`}
    ${value && results.length === 0 ? html`<p class="panel-body soft">${t('noResultYet')}</p>` : html`<div class="scroll-x"><table class="results"><tbody>${results.map((result) => html`<${ResultRow} key=${`${result.slot}~${result.location}`} result=${result} search=${search} />`)}</tbody></table></div>`}
  </section>`;
}

/** One result as a row of a table; what else the address says stays when it is opened. @param {{result: any, search?: string, isOpen?: boolean}} props */
export function ResultRow({ result, search = '', isOpen }) {
  const state = OUTCOME[result.outcome];
  return html`<tr class=${isOpen ? 'open' : ''}>
    <td><time datetime=${result.slot} title=${moment(result.slot)}><a href=${`/services/${result.serviceId}/results/${new Date(result.slot).getTime()}~${result.location}${search}`}>${second.value - new Date(result.slot).getTime() < 43_200_000 ? clock(result.slot) : moment(result.slot)}</a></time></td>
    <td>${result.location}</td>
    <td><span class="result-state"><${Glyph} state=${state} /><span class="word w-${state}">${t(`state.${state}`)}</span></span></td>
    <td class="number">${micros(result.latencyMicros)}</td>
    <td class="why">${result.outcome === 'UP' ? (result.httpStatus ?? '') : (result.detail ?? result.text)}</td>
  </tr>`;
}
