import { html, useEffect, useLoad, useState } from '../kit.js';
import { get, mayAdminister, mayEdit, post, send } from '../api.js';
import { manifestOf } from '../bulk.js';
import { watch } from '../feed.js';
import { addressOf } from '../fleet.js';
import { age, duration, moment, now, percent, second, zone } from '../format.js';
import { put } from '../filter.js';
import { t } from '../i18n.js';
import { useKeys } from '../keys.js';
import { fleet, load, version } from '../live.js';
import { attempt, copy, Failure, Lazy, Menu, tell, tellError } from '../overlay.js';
import { address, back, go } from '../router.js';
import { Glyph, shown } from '../states.js';
import Heartbeats from './heartbeats.js';
import { Ignored } from './ignored.js';

const TABS = ['overview', 'results', 'incidents', 'config'];
const RANGES = ['24h', '7d', '30d', '90d'];
const DAYS = ['30d', '90d']; // ranges that are shown by calendar days of the zone
const TAB = {
  overview: () => import('./service-overview.js'),
  results: () => import('./service-results.js'),
  incidents: () => import('./service-incidents.js'),
  config: () => import('./service-config.js'),
};

/** One service: what it is, why, since when; its history. @param {{id: string, slot?: string, location?: string}} props */
export default function Service({ id, slot, location }) {
  const number = Number(id);
  const { search } = address.value;
  const params = new URLSearchParams(search);
  const tab = TABS.includes(params.get('tab')) ? params.get('tab') : slot ? 'results' : 'overview';
  const range = RANGES.includes(params.get('range')) ? params.get('range') : '24h';
  const columns = fleet.value;
  version(number).value; // follows
  const state = columns?.state[columns.rowOf.get(number) ?? -1];
  const view = useLoad(() => get(`/services/${number}`), [number, state, Math.floor(now.value / 60_000)]); // its certificate may have been renewed
  const parts = DAYS.includes(range) ? `zone=${encodeURIComponent(zone.value ?? Intl.DateTimeFormat().resolvedOptions().timeZone)}` : 'buckets=90';
  const bars = `/services/bars?ids=${number}&range=${range}&${parts}`;
  const strip = useLoad(() => get(bars).then((read) => ({ ...read, of: bars })), [bars, state, Math.floor(now.value / 600_000)]);

  useEffect(() => {
    load('');
    watch([number]);
    return () => watch([]);
  }, [number]);

  const service = view.value?.id === number ? view.value : undefined; // not the one that was here before
  const head = service ?? (columns?.rowOf.has(number) ? fromRow(columns, columns.rowOf.get(number)) : undefined);
  useEffect(() => {
    document.title = head ? `${head.name} · ${t(`state.${head.state}`)} · Health Checker` : 'Health Checker';
  }, [head?.name, head?.state]);

  const open = (change) => go(`/services/${number}${change}`);
  const showTab = (name) => open(put(search, 'tab', name === 'overview' ? '' : name));
  const isOurs = service?.source === 'rest' && mayEdit();
  const suspend = async () => {
    const wanted = service.state !== 'Suspended';
    try {
      await setSuspended(number, wanted);
      tell(t(`act.done.${wanted ? 'suspend' : 'resume'}`, { n: 1 }), { undo: () => setSuspended(number, !wanted) });
    } catch (error) {
      tellError(t('act.suspend'), error);
    }
  };
  const check = async () => {
    try {
      await post(`/services/${number}:check`);
      tell(t('act.done.check', { n: 1 }));
    } catch (error) {
      tellError(t('act.check'), error);
    }
  };
  const showFailure = () => attempt(t('cannotLoadResults'), async () => {
    const { items } = await get(`/services/${number}/health-checks?outcome=DOWN&limit=1`);
    items.length > 0 ? go(`/services/${number}/results/${new Date(items[0].slot).getTime()}~${items[0].location}`) : tell(t('noFailure'));
  });
  const copyManifest = async () => {
    try {
      copy(await manifestOf(number));
    } catch (error) {
      tellError(t('cannotCopy'), error);
    }
  };
  useKeys({
    Escape: () => back('/services'),
    n: showFailure,
    'shift n': showFailure,
    ...Object.fromEntries(TABS.map((name, i) => [String(i + 1), () => showTab(name)])),
    ...(mayEdit() && !service?.heartbeat ? { c: check } : {}), // what reports by itself is not asked
    ...(isOurs ? { p: suspend } : {}),
    y: copyManifest,
    a: () => service?.incidentId && go(`/incidents/${service.incidentId}`),
  });

  if (view.error && !service) {
    return html`<main id="main" class="page"><${Failure} what=${t('cannotLoadService')} error=${view.error} retry=${view.again} /><p><a href="/services">${t('nav.services')}</a></p></main>`;
  }
  if (!head) {
    return html`<main id="main" class="page" aria-busy="true"><div class="skeleton"><div /><div /><div /></div></main>`;
  }
  return html`<main id="main" class="page service" tabindex="-1">
    <${Head} head=${head} service=${service} number=${number} isOurs=${isOurs} onCheck=${check} onSuspend=${suspend} onCopy=${copyManifest} />
    <section class="heart panel" aria-label=${t('heartbeats')}>
      <${Heartbeats} ...${strip.value?.of === bars ? { letters: strip.value.bars[number], starts: strip.value.starts } : {}} range=${range} serviceId=${number} />
      ${strip.error && html`<${Failure} what=${t('cannotLoadBars')} error=${strip.error} retry=${strip.again} />`}
      <${Uptimes} number=${number} range=${range} search=${search} />
    </section>
    <${Ignored} search=${search} known=${{ tab: TABS, range: RANGES, zoom: [params.get('zoom')].filter((zoom) => /^\d+-\d+$/.test(zoom)) }} />
    <nav class="tabs" aria-label=${t('tabs')}>${TABS.map((name) => html`<a href=${`/services/${number}${put(search, 'tab', name === 'overview' ? '' : name)}`} aria-current=${name === tab ? 'page' : undefined}>${t(`tab.${name}`)}</a>`)}</nav>
    ${service && html`<${Lazy} key=${tab} from=${TAB[tab]} props=${{ service, range, search, slot, location, onChanged: view.again }} />`}
  </main>`;
}

const setSuspended = (id, suspend) => send('PATCH', `/services/${id}`, { body: { suspend }, headers: { 'Content-Type': 'application/merge-patch+json' } });

/** What the index knows is shown until the rest has arrived. */
function fromRow(columns, row) {
  return { name: columns.name[row], state: shown(columns.state[row], 0), since: columns.since[row] * 1_000, why: { text: columns.why[row] }, labels: {}, flags: [], incidentId: columns.incident[row] || undefined, source: columns.word('source', row) };
}

function Head({ head, service, number, isOurs, onCheck, onSuspend, onCopy }) {
  const labels = Object.entries(head.labels ?? {});
  const isHealthy = head.state === 'Up';
  return html`<header class="service-head">
    <span class="tag big t-${head.state}"><${Glyph} state=${head.state} />${t(`state.${head.state}`)}</span>
    <h1>${head.name}</h1>
    <span class="grow" />
    <div class="buttons">
      ${head.incidentId && html`<a class="button" href=${`/incidents/${head.incidentId}`}>${t('incident.number', { n: String(head.incidentId) })}</a>`}
      ${mayEdit() && !service?.heartbeat && html`<button onClick=${onCheck}>${t('act.check')} <kbd>c</kbd></button>`}
      ${isOurs && html`<button onClick=${onSuspend}>${t(head.state === 'Suspended' ? 'act.resume' : 'act.suspend')} <kbd>p</kbd></button>
        <a class="button" href=${`/services/${number}/edit`}>${t('act.edit')}</a>`}
      <${Menu} label="⋯" name=${t('more')} align="end">${(close) => html`
        <button onClick=${() => { close(); onCopy(); }}>${t('act.copyYaml')}</button>
        <button onClick=${() => { close(); copy(`curl ${location.origin}/api/v1/services/${number} -H "Authorization: Bearer $TOKEN"`); }}>${t('act.copyCurl')}</button>
        ${service?.source === 'kubernetes' && html`<button onClick=${() => { close(); copy(suspendCommand(service.owner, head.state !== 'Suspended')); }}>${t(head.state === 'Suspended' ? 'act.copyResume' : 'act.copySuspend')}</button>`}
        ${mayEdit() && html`<a href=${`/services/new?from=${number}`}>${t('act.clone')}</a>`}
        ${mayAdminister() && html`<a href=${`/admin/audit?object=service:${number}`}>${t('nav.audit')}</a>`}
        ${isOurs && html`<${DeleteItem} number=${number} />`}`}<//>
    </div>
    <p class="service-why">${!isHealthy && html`<strong>${head.why?.text || t('noResultYet')}</strong> · `}${t(isHealthy ? 'upSince' : 'sinceWhen', { time: moment(head.since), age: age(head.since) })}
      ${head.checks && html`<${Checks} checks=${head.checks} isHealthy=${isHealthy} period=${head.check_interval} state=${head.state} />`}
      ${(head.flags ?? []).map(({ text }) => html` <span class="flag">${text}</span>`)}</p>
    <p class="soft service-context"><span class="mono">${service ? addressOf(service) : ''}</span>
      ${labels.map(([key, value]) => html` <a class="chip" href=${`/services?label=${key}:${value}`}>${key}:${value}</a>`)}</p>
    ${service && service.source !== 'rest' && html`<p class="owned"><span aria-hidden="true">⎈</span> ${t(`owned.${service.source}`, { owner: service.owner ?? '' })}
      ${service.source === 'kubernetes' && html` <code>${editCommand(service.owner)}</code> <button class="link" onClick=${() => copy(editCommand(service.owner))}>${t('copy')}</button>`}<span class="grow" /><span class="flag">${t('readOnly')}</span></p>`}
  </header>`;
}

/** Who has seen it, when it is looked at next, and how long its certificate lasts. */
function Checks({ checks, isHealthy, state, period }) {
  const { next, seenBy, locations, certificateEnds } = checks;
  const at = second.value;
  const left = next ? (new Date(next).getTime() - at) / 1_000 : undefined;
  const waits = left === undefined ? undefined : left > 0 ? left : period - (-left % period); // the next one, after those that have been since
  return html`${!isHealthy && locations > 0 && state !== 'Suspended' ? ` · ${t('seenBy', { n: seenBy, all: locations })}` : ''}${waits !== undefined ? html` · <span class="figures next-check">${t('nextCheck', { time: duration(Math.ceil(waits)) })}</span>` : ''}${certificateEnds ? html` · <span class="certificate-ends">${t('certificateUntil', { time: moment(certificateEnds), age: t('unit.d', { n: Math.floor((new Date(certificateEnds).getTime() - at) / 86_400_000) }) })}</span>` : ''}`;
}

/** How the owner of a resource changes it. @param {string} owner "namespace/name", possibly with the cluster before */
export function editCommand(owner) {
  const [name, namespace] = (owner ?? '').split('/').reverse();
  return `kubectl -n ${namespace ?? 'default'} edit healthcheckservice ${name}`;
}

/** How checks of a resource are suspended, or resumed, by its owner. @param {string} owner "cluster/namespace/name" */
export function suspendCommand(owner, suspend) {
  const [name, namespace] = (owner ?? '').split('/').reverse();
  return `kubectl -n ${namespace ?? 'default'} patch healthcheckservice ${name} --type merge -p '{"spec":{"suspend":${suspend}}}'`;
}

function DeleteItem({ number }) {
  const [asked, setAsked] = useState(false);
  const remove = async () => {
    try {
      await send('DELETE', `/services/${number}`);
      tell(t('act.done.delete', { n: 1 }));
      go('/services');
    } catch (error) {
      tellError(t('act.delete'), error);
    }
  };
  return html`<button class="danger-item" onClick=${() => setAsked(true)}>${t('act.delete')}</button>
    ${asked && html`<${Lazy} from=${() => import('./selection.js').then((module) => ({ default: module.ConfirmDelete }))} props=${{ n: 1, onClose: () => setAsked(false), onConfirm: remove }} />`}`;
}

/** Uptime and, where it was not measured all the time, coverage; of four ranges, which are also the choice of range. */
function Uptimes({ number, range, search }) {
  const { value, error, again } = useLoad(() => get(`/services/${number}/uptimes`), [number, Math.floor(now.value / 60_000)]);
  if (error && !value) {
    return html`<${Failure} what=${t('cannotLoadUptime')} error=${error} retry=${again} />`;
  }
  return html`<div class="uptimes">${RANGES.map((name) => {
    const uptime = value?.[name];
    return html`<a href=${`/services/${number}${put(put(search, 'range', name === '24h' ? '' : name), 'zoom', '')}`} aria-current=${name === range ? 'true' : undefined}>
      <small class="soft">${t(`range.${name}`)}</small><strong class="figures">${value ? percent(uptime?.uptimePercent) : t('none')}</strong>
      <small class="soft">${uptimeInWords(uptime)}</small></a>`;
  })}</div>`;
}

function uptimeInWords(uptime) {
  if (!uptime || uptime.uptimePercent === null || uptime.uptimePercent === undefined) {
    return '\u00a0';
  }
  const parts = [uptime.downSeconds > 0 ? t('downFor', { time: duration(Math.max(1, uptime.downSeconds)) }) : t('neverDown')];
  if (uptime.coveragePercent < 99.5) {
    parts.push(t('measured', { share: percent(uptime.coveragePercent) }));
  }
  return parts.join(' · ');
}
