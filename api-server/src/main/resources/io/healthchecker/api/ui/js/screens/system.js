import { html, useEffect, useLoad, useState } from '../kit.js';
import { get } from '../api.js';
import { hear, wantSystem } from '../feed.js';
import { reasonInWords } from '../fleet.js';
import { age, clock, latency } from '../format.js';
import { number, t } from '../i18n.js';
import { copy, Failure } from '../overlay.js';
import { load } from '../live.js';
import { Glyph } from '../states.js';

const PUSHED_EVERY = 5_000;

/** Who watches the watcher: one sentence first, then the figures behind it. */
export default function System() {
  const first = useLoad(() => get('/system'), []);
  const [pushed, setPushed] = useState();
  useEffect(() => {
    load('');
    wantSystem(true);
    let heard = Date.now();
    const end = hear('system', ({ data }) => {
      heard = Date.now();
      setPushed(data);
    });
    // the feed may be gone just when this page is needed most
    const asking = setInterval(() => Date.now() - heard > 2 * PUSHED_EVERY && first.again(), PUSHED_EVERY);
    return () => {
      clearInterval(asking);
      end();
      wantSystem(false);
    };
  }, []);
  const system = pushed && first.value && pushed.at < first.value.at ? first.value : (pushed ?? first.value);
  return html`<main id="main" class="page" tabindex="-1"><header><h1>${t('nav.system')}</h1>
      ${system && html`<span class="soft">${t('asOf', { time: clock(system.at) })}</span><span class="grow" /><button onClick=${() => copy(JSON.stringify(system, null, 2))}>${t('copyForIssue')}</button>`}</header>
    ${first.error && !system && html`<${Failure} what=${t('cannotLoadSystem')} error=${first.error} retry=${first.again} />`}
    ${system && html`<p class="verdict" aria-live="polite"><${Glyph} state=${system.good ? 'Up' : 'Degraded'} />${system.verdict}</p><${Figures} system=${system} /><${Workers} figure=${system.workers} /><${Schedulers} figure=${system.schedulers} />`}
  </main>`;
}

/** A figure that may not be known any more; then it says since when. */
function Figure({ name, figure, show, more }) {
  const isKnown = figure && figure.value !== null && figure.value !== undefined;
  return html`<div class="panel figure"><dt class="soft">${t(`system.${name}`)}</dt><dd><strong>${isKnown ? show(figure.value) : t('unknown')}</strong>
    <p class="soft">${isKnown ? more?.(figure.value) : figure?.unknownSince ? t('unknownSince', { time: clock(figure.unknownSince) }) : t('noData')}</p></dd></div>`;
}

const seconds = (value) => latency(value * 1_000);

function Figures({ system }) {
  const oldest = (queues) => Math.max(0, ...queues.flatMap(({ standard, urgent }) => [standard?.oldestSeconds ?? 0, urgent?.oldestSeconds ?? 0]));
  const taken = (queues) => queues.reduce((sum, { standard, urgent }) => sum + (standard?.pending ?? 0) + (urgent?.pending ?? 0), 0);
  const missed = (checks) => Object.values(checks.missed ?? {}).reduce((sum, n) => sum + n, 0);
  const unknown = (checks) => `${t('state.Unknown')}: ${Object.entries(checks.unknown).map(([reason, n]) => `${reasonInWords(reason)} ${number(n)}`).join(', ')}`;
  return html`<dl class="figure-grid">
    <${Figure} name="lateness" figure=${system.checks} show=${(checks) => latency(checks.latenessP99Millis)} more=${(checks) => `p50 ${latency(checks.latenessP50Millis)}`} />
    <${Figure} name="rate" figure=${system.checks} show=${(checks) => t('perSecond', { n: number(checks.perSecond, { maximumFractionDigits: 1 }) })} more=${(checks) => t('tiles.watched', { n: checks.services })} />
    <${Figure} name="missed" figure=${system.checks} show=${(checks) => number(missed(checks))} more=${(checks) => (Object.keys(checks.unknown ?? {}).length > 0 ? unknown(checks) : t('system.noneUnknown'))} />
    <${Figure} name="queue" figure=${system.queues} show=${(queues) => seconds(oldest(queues))} more=${(queues) => t('system.taken', { n: taken(queues) })} />
    <${Figure} name="schedulers" figure=${system.schedulers} show=${(schedulers) => `${number(schedulers.shardsLeased)} / ${number(schedulers.shardsLeased + schedulers.shardsUnleased)}`} more=${(schedulers) => t('system.watermark', { time: seconds(schedulers.watermarkBehindSeconds) })} />
    <${Figure} name="workers" figure=${system.workers} show=${(workers) => number(workers.filter(({ alive }) => alive).length)} more=${(workers) => t('system.inFlight', { n: workers.reduce((sum, { inFlight }) => sum + inFlight, 0), capacity: workers.reduce((sum, { capacity }) => sum + capacity, 0) })} />
    <${Figure} name="database" figure=${system.databaseMillis} show=${latency} />
    <${Figure} name="redis" figure=${system.redisMillis} show=${latency} />
    <${Figure} name="feed" figure=${{ value: system.feed }} show=${(feed) => t('system.clients', { n: feed.clients })} more=${(feed) => t('system.event', { id: feed.eventId })} />
  </dl>`;
}

function Workers({ figure }) {
  return figure?.value && html`<section class="panel" aria-labelledby="workers-title"><h2 id="workers-title">${t('system.workers')}</h2><div class="scroll-x"><table>
    <thead><tr><th>${t('column.name')}</th><th class="cap">${t('facet.location')}</th><th>${t('column.state')}</th><th class="number">${t('system.busy')}</th><th class="number">${t('system.backlog')}</th><th>${t('fact.release')}</th><th>${t('seen')}</th></tr></thead>
    <tbody>${figure.value.map((worker) => html`<tr><td>${worker.name}</td><td>${worker.location}</td><td><span class="result-state"><${Glyph} state=${worker.alive ? 'Up' : 'Down'} />${t(worker.alive ? 'alive' : 'gone')}</span></td><td class="number">${number(worker.inFlight)} / ${number(worker.capacity)}</td><td class="number">${number(worker.writeBacklog)}</td><td>${worker.version}</td><td>${t('ago', { age: age(worker.seenAt) })}</td></tr>`)}</tbody></table></div></section>`;
}

function Schedulers({ figure }) {
  return figure?.value && html`<section class="panel" aria-labelledby="schedulers-title"><h2 id="schedulers-title">${t('system.schedulers')}</h2><div class="scroll-x"><table>
    <thead><tr><th>${t('column.name')}</th><th class="number">${t('system.shards')}</th><th>${t('column.state')}</th><th>${t('seen')}</th></tr></thead>
    <tbody>${figure.value.live.map((scheduler) => html`<tr><td>${scheduler.name}</td><td class="number">${number(scheduler.shards)}</td><td><span class="result-state"><${Glyph} state=${scheduler.draining ? 'Suspended' : 'Up'} />${t(scheduler.draining ? 'system.draining' : 'alive')}</span></td><td>${t('ago', { age: age(scheduler.seenAt) })}</td></tr>`)}</tbody></table></div></section>`;
}
