import { html, useEffect, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { PHASES } from '../phases.js';
import { micros, moment } from '../format.js';
import { put } from '../filter.js';
import { t } from '../i18n.js';
import { useKeys } from '../keys.js';
import { attempt, copy, Dialog, Empty, Failure } from '../overlay.js';
import { back, go } from '../router.js';
import { Glyph, OUTCOME, StateTag } from '../states.js';
import { ResultRow } from './service-overview.js';

const PAGE = 50;

/** All results, the newest first; one of them may be open. @param {{service: any, search: string, slot?: string, location?: string}} props */
export default function Results({ service, search, slot, location }) {
  const params = new URLSearchParams(search);
  const outcome = params.get('outcome') ?? '';
  const filter = ['outcome', 'from', 'to'].filter((name) => params.get(name)).map((name) => `&${name}=${encodeURIComponent(params.get(name))}`).join('');
  const first = useLoad(() => get(`/services/${service.id}/health-checks?limit=${PAGE}${filter}`), [service.id, filter]);
  const [more, setMore] = useState({ items: [], cursor: undefined });
  useEffect(() => setMore({ items: [], cursor: undefined }), [first.value]);
  const cursor = more.cursor ?? first.value?.nextCursor;
  const readOn = () => attempt(t('cannotLoadResults'), async () => {
    const next = await get(`/services/${service.id}/health-checks?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}${filter}`);
    setMore({ items: [...more.items, ...next.items], cursor: next.nextCursor ?? '' });
  });
  const items = [...(first.value?.items ?? []), ...more.items];
  return html`<section class="panel" aria-label=${t('tab.results')}>
    <header><div class="segments" role="group" aria-label=${t('outcome')}>${['', 'DOWN', 'DEGRADED', 'UNKNOWN', 'UP'].map((name) => html`<button aria-pressed=${String(name === outcome)}
      onClick=${() => go(`/services/${service.id}${put(put(search, 'tab', 'results'), 'outcome', name)}`)}>${name ? t(`state.${OUTCOME[name]}`) : t('all')}</button>`)}</div>
      ${params.get('from') && html`<button class="chip" onClick=${() => go(`/services/${service.id}${put(put(search, 'from', ''), 'to', '')}`)}>${moment(params.get('from'))} – ${moment(params.get('to'))} ×</button>`}</header>
    ${first.error && html`<${Failure} what=${t('cannotLoadResults')} error=${first.error} retry=${first.again} />`}
    ${first.value && items.length === 0 && html`<${Empty} title=${t('noResults')}><p>${t(outcome ? 'noResultsOfKind' : 'noResultYet')}</p><//>`}
    ${items.length > 0 && html`<div class="scroll-x"><table class="results"><thead><tr><th>${t('time')}</th><th class="cap">${t('facet.location')}</th><th>${t('outcome')}</th><th class="number">${t('latency')}</th><th>${t('column.why')}</th></tr></thead>
      <tbody>${items.map((result) => html`<${ResultRow} key=${`${result.slot}~${result.location}`} result=${result} search=${search} isOpen=${new Date(result.slot).getTime() === Number(slot) && result.location === location} />`)}</tbody></table></div>`}
    ${cursor && html`<p class="panel-body"><button onClick=${readOn}>${t('older')}</button></p>`}
    ${slot && html`<${ResultDialog} service=${service} slot=${slot} location=${location} search=${search} />`}
  </section>`;
}

/** One result with everything that is known of it; it has an address of its own. @param {{service: any, slot: string, location: string, search: string}} props slot: epoch milliseconds */
function ResultDialog({ service, slot, location, search }) {
  const at = Number(slot);
  const { value, error, again } = useLoad(() => get(`/services/${service.id}/results/${slot}~${location}`), [slot, location]);
  const close = () => back(`/services/${service.id}${put(search, 'tab', 'results')}`);
  const toFailure = (isNext) => () => attempt(t('cannotLoadResults'), async () => {
    const query = isNext ? `from=${encodeURIComponent(new Date(at + 1).toISOString())}` : `to=${encodeURIComponent(new Date(at).toISOString())}`;
    const { items } = await get(`/services/${service.id}/health-checks?outcome=DOWN&limit=${isNext ? 100 : 1}&${query}`);
    const found = isNext ? items.at(-1) : items[0];
    if (found) {
      go(`/services/${service.id}/results/${new Date(found.slot).getTime()}~${found.location}${search}`, { replace: true });
    }
  });
  useKeys({ n: toFailure(true), 'shift n': toFailure(false) }, { inDialog: true });
  return html`<${Dialog} title=${t('resultOf', { time: moment(at), location })} onClose=${close} wide>
    ${error && html`<${Failure} what=${t('cannotLoadResults')} error=${error} retry=${again} />`}
    ${value && html`<${ResultBody} result=${value} />`}
    <footer><button onClick=${toFailure(false)}>◀ ${t('previousFailure')}</button><button onClick=${toFailure(true)}>${t('nextFailure')} ▶</button><span class="grow" />
      <button onClick=${() => copy(window.location.href)}>${t('copyLink')}</button></footer>
  <//>`;
}

/** Outcome, reason and phases of a result or of a trial. @param {{result: any}} props */
export function ResultBody({ result }) {
  const state = OUTCOME[result.outcome];
  return html`<div class="result">
    <p><${StateTag} state=${state} /> <code>${result.reason}</code> ${result.httpStatus && html`<span class="figures">HTTP ${result.httpStatus}</span>`} <span class="figures">${micros(result.latencyMicros)}</span></p>
    <p>${result.text}</p>
    ${result.detail && html`<pre class="detail">${result.detail}</pre>`}
    <${PhaseBar} phases=${result.phases} />
    ${result.steps?.length > 0 && html`<${Steps} steps=${result.steps} />`}
    ${result.slot && html`<dl class="facts">
      ${fact('lateness', `${result.latenessMillis} ms`)}${fact('kind', t(`kind.${result.kind}`))}${fact('version', result.version)}
      ${result.worker && fact('worker', result.worker)}${result.slowWorker && fact('slowWorker', t('yes'))}</dl>`}
  </div>`;
}

/** What became of each request of a check that makes several. */
function Steps({ steps }) {
  return html`<ol class="seen-steps">${steps.map((step) => html`<li>
    <p><${Glyph} state=${step.passed ? 'Up' : 'Down'} /> <strong>${step.name}</strong> ${step.httpStatus && html`<span class="figures">HTTP ${step.httpStatus}</span>`} ${step.failure ?? ''}</p>
    <ul>${step.assertions?.map((assertion) => html`<li><${Glyph} state=${assertion.passed ? 'Up' : 'Down'} /> <code>${assertion.explained ?? assertion.expression}</code>${assertion.message && !assertion.passed ? ` ${assertion.message}` : ''}</li>`)}</ul>
    <${PhaseBar} phases=${step.phases} /></li>`)}</ol>`;
}

const fact = (name, value) => html`<div><dt>${t(`fact.${name}`)}</dt><dd>${value}</dd></div>`;

/** How long each phase took, as widths and as figures. */
export function PhaseBar({ phases }) {
  const parts = PHASES.map((phase) => [phase, phases?.[`${phase}Micros`] ?? 0]).filter(([, micros]) => micros > 0);
  const sum = parts.reduce((total, [, micros]) => total + micros, 0);
  if (sum === 0) {
    return null;
  }
  let x = 0;
  return html`<figure class="phases"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${parts.map(([phase, micros]) => {
    const width = (micros / sum) * 100;
    const rect = html`<rect class=${`phase-${phase}`} x=${x} y="0" width=${Math.max(0, width - 0.3)} height="10" />`;
    x += width;
    return rect;
  })}</svg><figcaption><ul class="legend">${parts.map(([phase, value]) => html`<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" class=${`phase-${phase}`} /></svg>${t(`phase.${phase}`)} <span class="figures">${micros(value)}</span></li>`)}</ul></figcaption></figure>`;
}
