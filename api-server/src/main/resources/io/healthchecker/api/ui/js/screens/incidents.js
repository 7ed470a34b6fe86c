import { html, useEffect, useLoad, useState } from '../kit.js';
import { get, mayEdit, post, send } from '../api.js';
import { hear } from '../feed.js';
import { moment } from '../format.js';
import { put } from '../filter.js';
import { t } from '../i18n.js';
import { useKeys } from '../keys.js';
import { fleet, load } from '../live.js';
import { Dialog, Empty, Failure, tell, tellError } from '../overlay.js';
import { address, back, go } from '../router.js';
import { Glyph, OUTCOME, StateTag, STATES } from '../states.js';
import { Ignored } from './ignored.js';
import { IncidentTable, lasted, standing } from './incident-table.js';

const TABS = ['open', 'closed', 'all'];
const PAGE = 100;

/** Incidents of all services; one of them may be open beside them. @param {{id?: string}} props */
export default function Incidents({ id }) {
  const { search } = address.value;
  const wanted = new URLSearchParams(search).get('state');
  const state = TABS.includes(wanted) ? wanted : 'open';
  const list = useLoad(() => get(`/incidents?limit=${PAGE}${state === 'all' ? '' : `&state=${state}`}`), [state]);
  useEffect(() => {
    load('');
    let timer;
    const end = hear('event', ({ kind }) => {
      if (kind.startsWith('incident.')) {
        clearTimeout(timer);
        timer = setTimeout(list.again, 300);
      }
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [state]);
  useKeys({ Escape: () => back(id ? `/incidents${search}` : '/services') });
  const items = list.value?.items ?? [];
  return html`<main id="main" class="page" tabindex="-1"><header><h1>${t('nav.incidents')}</h1><span class="grow" />
      <nav class="segments" aria-label=${t('filterByState')}>${TABS.map((name) => html`<button aria-pressed=${String(name === state)} onClick=${() => go(`/incidents${put(search, 'state', name === 'open' ? '' : name)}`)}>${t(`incidents.${name}`)}</button>`)}</nav></header>
    <${Ignored} search=${search} known=${{ state: TABS }} />
    ${list.error && html`<${Failure} what=${t('cannotLoadIncidents')} error=${list.error} retry=${list.again} />`}
    ${id && html`<${Incident} key=${id} id=${id} onChanged=${list.again} />`}
    ${list.value && (items.length === 0 ? html`<section class="panel"><${Empty} title=${t(state === 'open' ? 'noOpenIncident' : 'noIncidents')}><p>${upText()}</p><a href="/services">${t('nav.services')}</a><//></section>` : html`<section class="panel"><${IncidentTable} incidents=${items} current=${Number(id)} /></section>`)}
  </main>`;
}

function upText() {
  const columns = fleet.value;
  if (!columns || columns.partial) {
    return '';
  }
  let up = 0;
  for (let row = 0; row < columns.rows; row++) {
    up += STATES[columns.state[row]] === 'Up' ? 1 : 0;
  }
  return columns.rows === 0 ? t('first.title') : t('tiles.up', { n: up });
}

/** One incident: what happened when, who said what; acknowledging it. */
function Incident({ id, onChanged }) {
  const incident = useLoad(() => get(`/incidents/${id}`), [id]);
  const timeline = useLoad(() => get(`/incidents/${id}/timeline`), [id]);
  const [dialog, setDialog] = useState();
  const again = () => {
    incident.again();
    timeline.again();
    onChanged();
  };
  const value = incident.value;
  const canAcknowledge = mayEdit() && value && !value.closedAt && !value.acknowledged;
  useKeys({ a: () => (canAcknowledge ? setDialog('acknowledge') : false), 'shift n': () => (mayEdit() && value ? setDialog('note') : false) });
  const unacknowledge = async () => {
    try {
      await send('DELETE', `/incidents/${id}/acknowledge`);
      again();
    } catch (error) {
      tellError(t('act.unacknowledge'), error);
    }
  };
  if (incident.error && !value) {
    return html`<${Failure} what=${t('cannotLoadIncidents')} error=${incident.error} retry=${incident.again} />`;
  }
  if (!value) {
    return html`<section class="panel" aria-busy="true"><div class="skeleton"><div /><div /></div></section>`;
  }
  return html`<section class="panel incident" aria-labelledby="incident-title">
    <header><${StateTag} state=${value.worst} /><h2 id="incident-title">#${value.id} <a href=${`/services/${value.serviceId}`}>${value.service}</a></h2>
      <span class="soft">${lasted(value)} · ${standing(value)}</span><span class="grow" />
      ${canAcknowledge && html`<button class="primary" onClick=${() => setDialog('acknowledge')}>${t('act.acknowledge')} <kbd>a</kbd></button>`}
      ${mayEdit() && value.acknowledged && !value.closedAt && html`<button onClick=${unacknowledge}>${t('act.unacknowledge')}</button>`}
      ${mayEdit() && html`<button onClick=${() => setDialog('note')}>${t('act.note')} <kbd>N</kbd></button>`}
      <button class="icon quiet" aria-label=${t('close')} onClick=${() => go(`/incidents${address.value.search}`)}>×</button></header>
    ${value.acknowledged && html`<p class="panel-body">${t('acknowledgedBy', { who: value.acknowledged.by, time: moment(value.acknowledged.at) })}${value.acknowledged.note ? `: ${value.acknowledged.note}` : ''}</p>`}
    ${timeline.error && html`<${Failure} what=${t('cannotLoadTimeline')} error=${timeline.error} retry=${timeline.again} />`}
    ${timeline.value && html`<ol class="timeline" aria-label=${t('timeline')}>${timeline.value.items.map((entry) => html`<li><time class="figures" datetime=${entry.at}>${moment(entry.at)}</time>
      ${entry.to ? html`<span class="result-state"><${Glyph} state=${entry.to} /><span class=${`word w-${entry.to}`}>${t(`state.${entry.to}`)}</span></span>` : html`<span>${t(`entry.${entry.kind}`)}</span>`}<span>${entry.detail ?? entry.text ?? ''}${entry.by ? html` <span class="soft">${entry.by}</span>` : ''}</span></li>`)}</ol>`}
    <${Evidence} incident=${value} />
    ${dialog && html`<${Words} kind=${dialog} id=${id} onClose=${() => setDialog(undefined)} onDone=${() => { setDialog(undefined); again(); }} />`}
  </section>`;
}

/** What each location saw, slot by slot. */
function Evidence({ incident }) {
  const { value, error, again } = useLoad(() => get(`/incidents/${incident.id}/evidence`), [incident.id]);
  if (error && !value) {
    return html`<${Failure} what=${t('cannotLoadEvidence')} error=${error} retry=${again} />`;
  }
  if (!value || value.slots.length === 0) {
    return null;
  }
  return html`<div class="scroll-x panel-body"><table class="evidence"><caption class="unseen">${t('evidence')}</caption><tbody>${value.locations.map(({ location, cells }) => html`<tr><th scope="row">${location}</th>
    ${value.slots.map((slot, i) => html`<td><${Cell} cell=${cells[i]} slot=${slot} location=${location} serviceId=${incident.serviceId} /></td>`)}</tr>`)}</tbody></table></div>`;
}

function Cell({ cell, slot, location, serviceId }) {
  const said = `${moment(slot)} ${location}: ${cell ? t(`state.${OUTCOME[cell.outcome]}`) : t('noData')}`;
  return cell
    ? html`<a class=${`cell c-${cell.outcome}`} href=${`/services/${serviceId}/results/${new Date(slot).getTime()}~${location}`} aria-label=${said} title=${said} />`
    : html`<span class="cell" title=${said} />`;
}

/** A note, or an acknowledgement with one. */
function Words({ kind, id, onClose, onDone }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await (kind === 'note' ? post(`/incidents/${id}/notes`, { text }) : post(`/incidents/${id}/acknowledge`, text ? { note: text } : {}));
      tell(t(kind === 'note' ? 'noted' : 'acknowledgedNow'));
      onDone();
    } catch (error) {
      setBusy(false);
      tellError(t(`act.${kind}`), error);
    }
  };
  return html`<${Dialog} title=${t(`act.${kind}`)} onClose=${onClose}><form onSubmit=${submit}>
    <p class="soft">${t(`${kind}Text`)}</p>
    <label class="field">${t('note')}<textarea rows="3" autofocus required=${kind === 'note'} value=${text} onInput=${(event) => setText(event.target.value)} /></label>
    <div class="buttons end"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary" disabled=${busy}>${t(`act.${kind}`)}</button></div></form><//>`;
}
