import { html, useLoad } from '../kit.js';
import { get } from '../api.js';
import { moment } from '../format.js';
import { t } from '../i18n.js';
import { Empty, Failure } from '../overlay.js';
import { Glyph } from '../states.js';
import { IncidentTable } from './incident-table.js';

/** Incidents of a service, and each change of its state. @param {{service: any}} props */
export default function ServiceIncidents({ service }) {
  const incidents = useLoad(() => get(`/services/${service.id}/incidents?limit=50`), [service.id, service.state]);
  const changes = useLoad(() => get(`/services/${service.id}/transitions?limit=50`), [service.id, service.state]);
  return html`<section class="panel" aria-labelledby="incidents-title"><h2 id="incidents-title">${t('nav.incidents')}</h2>
      ${incidents.error && html`<${Failure} what=${t('cannotLoadIncidents')} error=${incidents.error} retry=${incidents.again} />`}
      ${incidents.value && (incidents.value.items.length === 0 ? html`<${Empty} title=${t('noIncidents')} />` : html`<${IncidentTable} incidents=${incidents.value.items} />`)}</section>
    <section class="panel" aria-labelledby="changes-title"><h2 id="changes-title">${t('changes')}</h2>
      ${changes.error && html`<${Failure} what=${t('cannotLoadChanges')} error=${changes.error} retry=${changes.again} />`}
      ${changes.value && html`<ol class="timeline">${changes.value.items.map((change) => html`<li><time class="figures" datetime=${change.at}>${moment(change.at)}</time>
        <span class="result-state"><${Glyph} state=${change.to} /><span class=${`word w-${change.to}`}>${t(`state.${change.to}`)}</span></span> <span>${change.detail ?? change.text}</span></li>`)}</ol>`}</section>`;
}
