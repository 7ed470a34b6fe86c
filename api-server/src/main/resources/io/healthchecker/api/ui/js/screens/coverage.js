import { html, style, useMemo } from '../kit.js';
import { coverage } from '../feed.js';
import { latency, minute } from '../format.js';
import { speak, t } from '../i18n.js';
import { Glyph } from '../states.js';

await Promise.all([speak('system'), style('coverage')]);

const MOST = 3;

/** What keeps services from being known, at the foot of every page: it moves nothing. */
export default function Coverage() {
  const shown = coverage.value.slice(0, MOST);
  const what = shown.map(({ kind, location }) => `${kind} ${location}`).join();
  // numbers change all the time; it is announced when it is something else
  const announced = useMemo(() => shown.map(inWords).join('. '), [what]);
  return html`<aside class="coverage" aria-label=${t('coverage')}><${Glyph} state="Unknown" />
      <ul>${shown.map((shortfall) => html`<li>${inWords(shortfall)}</li>`)}</ul><a href="/admin/system">${t('nav.system')}</a></aside>
    <p class="unseen" role="status">${announced}</p>`;
}

function inWords({ kind, location, since, latenessMillis, services }) {
  return t(`coverage.${kind}${kind === 'STOPPED' && !location ? '.everywhere' : ''}`, { location, time: kind === 'LATE' ? latency(latenessMillis) : minute(since), n: services });
}
