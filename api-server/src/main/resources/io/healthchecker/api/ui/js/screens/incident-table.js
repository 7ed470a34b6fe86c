import { html } from '../kit.js';
import { duration, moment, now } from '../format.js';
import { t } from '../i18n.js';
import { Glyph } from '../states.js';

/** How long an incident has lasted, or lasted. */
export const lasted = ({ openedAt, closedAt }) => duration(((closedAt ? new Date(closedAt).getTime() : now.value) - new Date(openedAt).getTime()) / 1_000);

/** Where an incident stands: open, acknowledged, or over. */
export const standing = (incident) => (incident.closedAt ? t('incident.over') : incident.acknowledged ? t('incident.acknowledged') : t('incident.open'));

/** Incidents as rows; each leads to its page. @param {{incidents: any[], current?: number}} props */
export function IncidentTable({ incidents, current }) {
  return html`<div class="scroll-x"><table class="incidents"><thead><tr><th>${t('column.name')}</th><th>${t('column.why')}</th><th>${t('opened')}</th><th>${t('lasted')}</th><th>${t('standing')}</th></tr></thead><tbody>
    ${incidents.map((incident) => html`<tr key=${incident.id} class=${incident.id === current ? 'open' : ''}>
      <td><span class="result-state"><${Glyph} state=${incident.worst} /><a href=${`/incidents/${incident.id}`} aria-current=${incident.id === current ? 'true' : undefined}>#${incident.id} ${incident.service}</a><span class="unseen">${t(`state.${incident.worst}`)}</span></span></td>
      <td class="why">${incident.detail ?? incident.text}</td><td><time datetime=${incident.openedAt}>${moment(incident.openedAt)}</time></td><td class="number">${lasted(incident)}</td>
      <td>${incident.closedAt ? html`<span class="soft">${standing(incident)}</span>` : standing(incident)}</td></tr>`)}</tbody></table></div>`;
}
