import { html, useEffect, useLoad, useState } from '../kit.js';
import { get, team, user } from '../api.js';
import { t } from '../i18n.js';
import { fleet, onChanges } from '../live.js';
import { Failure } from '../overlay.js';
import { prefer } from '../prefs.js';
import { STATES } from '../states.js';

/** Whether some service has been found to be in whatever state. */
function hasResult(columns) {
  for (let row = 0; row < (columns?.rows ?? 0); row++) {
    if (!columns.isGone(row) && STATES[columns.state[row]] !== 'Unknown') {
      return true;
    }
  }
  return false;
}

/** What a new team does first, ticked as it is done; goes when all is done, or when somebody has seen enough of it. */
export default function FirstSteps() {
  const members = useLoad(() => get(`/teams/${team.value ?? user.value.teams[0]?.id}/members`), []);
  const [seen, setSeen] = useState(hasResult(fleet.value));
  useEffect(() => onChanges(() => setSeen(hasResult(fleet.value))), []);
  useEffect(() => setSeen(hasResult(fleet.value)), [fleet.value]);
  const steps = [
    ['add', (fleet.value?.total ?? 0) > 0, '/services/new'],
    ['result', seen],
    ['invite', (members.value?.items.length ?? 1) > 1, '/admin/members'],
  ];
  const isDone = steps.every(([, done]) => done);
  useEffect(() => {
    if (isDone) {
      prefer({ begun: true });
    }
  }, [isDone]);
  return html`<section class="first-steps" aria-label=${t('first.steps')}><ol class="steps">${steps.map(([name, done, path]) => html`<li class=${done ? 'soft' : ''}>
      <span aria-hidden="true">${done ? '☑' : '☐'}</span> ${done || !path ? t(`first.step.${name}`) : html`<a href=${path}>${t(`first.step.${name}`)}</a>`}<span class="unseen">${t(done ? 'first.done' : 'first.todo')}</span></li>`)}</ol>
    ${members.error && html`<${Failure} what=${t('cannotLoadMembers')} error=${members.error} retry=${members.again} />`}
    ${steps[0][1] && html`<button class="link" onClick=${() => prefer({ begun: true })}>${t('dismiss')}</button>`}</section>`;
}
