import { html, useEffect, useLoad, useMemo, useState } from '../kit.js';
import { get } from '../api.js';
import { hear, wantSystem } from '../feed.js';
import { reasonInWords } from '../fleet.js';
import { age, clock, latency, minute, now } from '../format.js';
import { number, speak, t } from '../i18n.js';
import { copy, Failure } from '../overlay.js';
import { load } from '../live.js';
import { Spark } from '../spark.js';
import { Glyph } from '../states.js';

await speak('system');

const PUSHED_EVERY = 5_000;
const HOUR_EVERY = 30_000;
const CLOCK_WRONG = 2_000; // milliseconds

const seconds = (value) => latency(value * 1_000);
const whole = (value) => number(Math.round(value));
const perSecond = (value) => t('perSecond', { n: number(value, { maximumFractionDigits: 1 }) });
const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
const byReason = (counts, none) => Object.entries(counts ?? {}).map(([reason, n]) => t('system.byReason', { reason: reasonInWords(reason), n })).join(', ') || none;
const streams = (queues) => queues.flatMap(({ standard, urgent }) => [standard, urgent]);
const living = (workers) => workers.filter(({ alive }) => alive);

/**
 * The figures in the order of the work: what is promised, who does it, what it stands on.
 * @type {{name: string, of: (system: any) => any, value: (seen: any) => number, show: (value: number) => string, more?: (seen: any) => string}[]}
 */
const FIGURES = [
  { name: 'lateness', of: ({ checks }) => checks, value: (checks) => checks.latenessP99Millis, show: latency, more: (checks) => `p50 ${latency(checks.latenessP50Millis)}` },
  { name: 'rate', of: ({ checks }) => checks, value: (checks) => checks.perSecond, show: perSecond, more: (checks) => t('tiles.watched', { n: checks.services }) },
  { name: 'missed', of: ({ checks }) => checks, value: (checks) => sum(Object.values(checks.missed)), show: whole, more: (checks) => byReason(checks.missed, t('system.noneMissed')) },
  { name: 'unknown', of: ({ checks }) => checks, value: (checks) => checks.unknownByUs, show: whole, more: (checks) => byReason(checks.unknown, t('system.noneUnknown')) },
  { name: 'queue', of: ({ queues }) => queues, value: (queues) => Math.max(0, ...streams(queues).map(({ oldestSeconds }) => oldestSeconds)), show: seconds, more: (queues) => t('system.taken', { n: sum(streams(queues).map(({ pending }) => pending)) }) },
  { name: 'schedulers', of: ({ schedulers }) => schedulers, value: ({ shardsLeased }) => shardsLeased, show: whole, more: (schedulers) => t('system.watermark', { time: seconds(Math.max(0, schedulers.watermarkBehindSeconds)) }) },
  { name: 'workers', of: ({ workers }) => workers, value: (workers) => living(workers).length, show: whole, more: (workers) => t('system.inFlight', { n: sum(workers.map(({ inFlight }) => inFlight)), capacity: sum(living(workers).map(({ capacity }) => capacity)) }) },
  { name: 'backlog', of: ({ workers }) => workers, value: (workers) => Math.max(0, ...living(workers).map(({ writeBacklog }) => writeBacklog)), show: whole },
  { name: 'feed', of: ({ at, feed }) => ({ asOf: at, value: feed }), value: ({ clients }) => clients, show: whole, more: ({ gaps, replays, eventId }) => t('system.replays', { gaps, replays, id: eventId }) },
  { name: 'database', of: ({ databaseMillis }) => databaseMillis, value: (millis) => millis, show: latency },
  { name: 'redis', of: ({ redisMillis }) => redisMillis, value: (millis) => millis, show: latency },
];

/** Who watches the watcher: one sentence first, then the figures behind it. */
export default function System() {
  const first = useLoad(() => get('/system'), []);
  const hour = useLoad(() => get('/system/history'), [Math.floor(now.value / HOUR_EVERY)]);
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
      ${system && html`<span class="soft">${t('asOf', { time: clock(system.at) })}</span><span class="grow" /><a class="button" href="/admin/system/runbooks">${t('system.runbooks')}</a><button onClick=${() => copy(asText(system))}>${t('copyForIssue')}</button>`}</header>
    ${first.error && !system && html`<${Failure} what=${t('cannotLoadSystem')} error=${first.error} retry=${first.again} />`}
    ${system && html`<${Verdict} system=${system} />
      ${hour.error && !hour.value && html`<${Failure} what=${t('system.cannotLoadHistory')} error=${hour.error} retry=${hour.again} />`}
      <dl class="figure-grid">${FIGURES.map((figure) => html`<${Figure} figure=${figure} system=${system} hour=${hour.value} />`)}</dl>
      <${Locations} figure=${system.checks} /><${Workers} figure=${system.workers} /><${Schedulers} figure=${system.schedulers} /><${Clusters} figure=${system.clusters} />`}
  </main>`;
}

/** The server's sentence; where it cannot see everything, since when. */
function sentence(system) {
  const since = system.troubles.includes('sight') && FIGURES.map(({ of }) => of(system).unknownSince).filter(Boolean).sort()[0];
  return since ? t('system.blind', { time: minute(since) }) : system.verdict;
}

/** Figures in the sentence change all the time; it is announced when it says something else. */
function Verdict({ system }) {
  const text = sentence(system);
  const announced = useMemo(() => text, [system.troubles.join()]);
  return html`<p class="verdict"><${Glyph} state=${system.good ? 'Up' : system.troubles.includes('sight') ? 'Unknown' : 'Degraded'} />${text}</p><p class="unseen" role="status">${announced}</p>`;
}

const isKnown = (seen) => seen?.value !== null && seen?.value !== undefined;
const thresholdInWords = (threshold, show) =>
  threshold === undefined ? t('system.noThreshold') : threshold.atMost === undefined ? t('system.atLeast', { value: show(threshold.atLeast) }) : t('system.atMost', { value: show(threshold.atMost) });
const nameOf = ({ name }) => t(`system.${name}`);

/** What a figure is; where it is not known any more, since when. */
function reading({ of, value, show }, system) {
  const seen = of(system);
  return isKnown(seen) ? show(value(seen.value)) : seen?.unknownSince ? t('unknownSince', { time: minute(seen.unknownSince) }) : t('unknown');
}

/** A figure with its threshold, when it was seen, its last hour and what to do about it. */
function Figure({ figure, system, hour }) {
  const { name, of, show, more } = figure;
  const seen = of(system);
  const threshold = system.thresholds[name];
  return html`<div class="panel figure"><dt class="soft">${nameOf(figure)}</dt><dd>
      <strong>${system.troubles.includes(name) && html`<${Glyph} state="Degraded" /><span class="unseen">${t('system.needsLook')}</span> `}${reading(figure, system)}</strong>
      <p class="soft">${isKnown(seen) && more?.(seen.value)}</p>
      <${Spark} name=${nameOf(figure)} series=${hour?.figures[name]} from=${hour?.from} stepSeconds=${hour?.stepSeconds} threshold=${threshold} show=${show} />
      <p class="figure-foot"><small class="soft">${thresholdInWords(threshold, show)}</small><small class="soft">${seen?.asOf && t('asOf', { time: clock(seen.asOf) })}</small>
        <a href=${`/admin/system/runbooks#${name}`} aria-label=${t('system.runbookOf', { figure: nameOf(figure) })}>${t('system.runbook')}</a></p></dd></div>`;
}

const clockOf = ({ clockAheadMillis: ahead }) => (ahead === undefined || ahead === null ? t('none') : t(ahead < 0 ? 'system.behind' : 'system.ahead', { time: latency(Math.abs(ahead)) }));
const isWrong = ({ clockAheadMillis }) => Math.abs(clockAheadMillis ?? 0) > CLOCK_WRONG;
const stateOf = ({ alive, cutOffAt }) => (!alive ? t('gone') : cutOffAt ? t('system.cutOff', { time: minute(cutOffAt) }) : t('alive'));

function Locations({ figure }) {
  return figure?.value?.locations.length > 0 && html`<section class="panel" aria-labelledby="locations-title"><header><h2 id="locations-title">${t('system.locations')}</h2><span class="soft">${t('system.perMinute')}</span></header><div class="scroll-x" tabindex="0"><table>
    <thead><tr><th class="cap">${t('facet.location')}</th><th class="number">${t('system.rate')}</th><th class="number">${t('system.lateness')}</th><th>${t('system.notKnown')}</th><th>${t('system.missedThere')}</th><th class="number">${t('system.servicesUnknown')}</th></tr></thead>
    <tbody>${figure.value.locations.map((location) => html`<tr><td>${location.name}</td><td class="number">${perSecond(location.perSecond)}</td><td class="number">${latency(location.latenessP99Millis)}</td><td>${byReason(location.unknown, t('none'))}</td><td>${byReason(location.missed, t('none'))}</td><td class="number">${number(location.servicesUnknown)}</td></tr>`)}</tbody></table></div></section>`;
}

function Workers({ figure }) {
  return figure?.value && html`<section class="panel" aria-labelledby="workers-title"><h2 id="workers-title">${t('system.workers')}</h2><div class="scroll-x" tabindex="0"><table>
    <thead><tr><th>${t('column.name')}</th><th class="cap">${t('facet.location')}</th><th>${t('column.state')}</th><th class="number">${t('system.busy')}</th><th class="number">${t('system.backlog')}</th><th>${t('fact.release')}</th><th>${t('seen')}</th><th>${t('system.clock')}</th></tr></thead>
    <tbody>${figure.value.map((worker) => html`<tr><td>${worker.name}</td><td>${worker.location}</td><td><span class="result-state"><${Glyph} state=${!worker.alive ? 'Down' : worker.cutOffAt ? 'Degraded' : 'Up'} />${stateOf(worker)}</span></td><td class="number">${number(worker.inFlight)} / ${number(worker.capacity)}</td><td class="number">${number(worker.writeBacklog)}</td><td>${worker.version}</td><td>${t('ago', { age: age(worker.seenAt) })}</td>
      <td><span class="result-state">${isWrong(worker) && html`<${Glyph} state="Degraded" />`}${clockOf(worker)}</span></td></tr>`)}</tbody></table></div></section>`;
}

function Schedulers({ figure }) {
  return figure?.value && html`<section class="panel" aria-labelledby="schedulers-title"><h2 id="schedulers-title">${t('system.planners')}</h2><div class="scroll-x" tabindex="0"><table>
    <thead><tr><th>${t('column.name')}</th><th class="number">${t('system.shards')}</th><th>${t('column.state')}</th><th>${t('seen')}</th></tr></thead>
    <tbody>${figure.value.live.map((scheduler) => html`<tr><td>${scheduler.name}</td><td class="number">${number(scheduler.shards)}</td><td><span class="result-state"><${Glyph} state=${scheduler.draining ? 'Suspended' : 'Up'} />${t(scheduler.draining ? 'system.draining' : 'alive')}</span></td><td>${t('ago', { age: age(scheduler.seenAt) })}</td></tr>`)}</tbody></table></div></section>`;
}

function Clusters({ figure }) {
  return figure?.value?.length > 0 && html`<section class="panel" aria-labelledby="clusters-title"><header><h2 id="clusters-title">${t('system.clusters')}</h2><span class="grow" /><a href="/admin/system/runbooks#clusters" aria-label=${t('system.runbookOf', { figure: t('system.clusters') })}>${t('system.runbook')}</a></header><div class="scroll-x" tabindex="0"><table>
    <thead><tr><th>${t('column.name')}</th><th>${t('system.ledBy')}</th><th>${t('system.swept')}</th><th class="number">${t('system.kept')}</th></tr></thead>
    <tbody>${figure.value.map((cluster) => html`<tr><td>${cluster.id}</td><td>${cluster.leader}</td><td>${cluster.sweptAt ? t('ago', { age: age(cluster.sweptAt) }) : t('none')}</td><td class="number"><span class="result-state">${cluster.sweepRefused && html`<${Glyph} state="Degraded" />`}${number(cluster.keptServices)}</span></td></tr>`)}</tbody></table></div></section>`;
}

/** All of the page, for an issue: what is said of each figure on a line. */
function asText(system) {
  const line = (...parts) => parts.filter(Boolean).join('; ');
  return [
    `${t('nav.system')} · ${system.at}`,
    sentence(system),
    '',
    ...FIGURES.map((figure) => {
      const seen = figure.of(system);
      return line(`${nameOf(figure)}: ${reading(figure, system)}`, isKnown(seen) && figure.more?.(seen.value), thresholdInWords(system.thresholds[figure.name], figure.show), seen?.asOf && t('asOf', { time: seen.asOf }));
    }),
    ...(system.checks.value?.locations ?? []).map((location) => line(`${t('facet.location')} ${location.name}: ${perSecond(location.perSecond)}`, `${t('system.lateness')} ${latency(location.latenessP99Millis)}`, `${t('system.notKnown')} ${byReason(location.unknown, '0')}`, `${t('system.missedThere')} ${byReason(location.missed, '0')}`, `${t('system.servicesUnknown')} ${location.servicesUnknown}`)),
    ...(system.workers.value ?? []).map((worker) => line(`${worker.name} (${worker.location}) ${worker.version}: ${stateOf(worker)}`, `${worker.inFlight} / ${worker.capacity}`, `${t('system.backlog')} ${worker.writeBacklog}`, `${t('system.clock')} ${clockOf(worker)}`, `${t('seen')} ${worker.seenAt ?? t('none')}`)),
    ...(system.schedulers.value?.live ?? []).map((scheduler) => line(`${scheduler.name}: ${scheduler.shards} ${t('system.shards')}`, scheduler.draining && t('system.draining'), `${t('seen')} ${scheduler.seenAt}`)),
    ...(system.clusters.value ?? []).map((cluster) => line(`${cluster.id}: ${t('system.ledBy')} ${cluster.leader}`, `${t('system.kept')} ${cluster.keptServices}`)),
  ].join('\n');
}
