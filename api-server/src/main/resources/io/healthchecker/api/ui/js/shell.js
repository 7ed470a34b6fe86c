import { html, useEffect, useState } from './kit.js';
import { lookAt, role, signOut, team, user } from './api.js';
import { connection, heardAt } from './feed.js';
import { clock, second, skew, zoneName } from './format.js';
import { LOCALES, locale, t } from './i18n.js';
import { useKeys } from './keys.js';
import { load } from './live.js';
import { attempt, Menu } from './overlay.js';
import { nextDensity, nextTheme, nextZone, prefer, prefs } from './prefs.js';
import { go } from './router.js';

const ENTRIES = [
  ['services', '/services', 's'],
  ['incidents', '/incidents', 'i'],
  ['statusPages', '/status-pages', 'p'],
  ['admin', '/admin/members', 'a'],
];
const ADMIN = [['members', '/admin/members'], ['tokens', '/admin/tokens'], ['audit', '/admin/audit'], ['system', '/admin/system']];

/** How old the page's data may be before its values are greyed. */
const STALE_AFTER = 10_000;

/** Whether the feed has been gone long enough to say that values are old. */
export function isStale() {
  const { kind, since } = connection.value;
  return (kind === 'lost' || kind === 'offline') && second.value - skew.value - since > STALE_AFTER;
}

const CHIP = {
  live: () => html`<span class="dot" />${t('feed.live')} <span class="figures">${clock(second.value)}</span> ${zoneName()}`,
  connecting: () => html`<span class="dot" />${t('feed.connecting')}`,
  off: () => html`<span class="figures">${clock(second.value)}</span> ${zoneName()}`,
  lost: ({ since, retryAt }) =>
    html`<span class="dot" />${t('feed.lost', { time: clock(since), seconds: Math.max(0, Math.ceil((retryAt - Date.now()) / 1_000)) })}`,
  offline: ({ since }) => html`<span class="dot" />${t('feed.offline', { time: clock(since) })}`,
};

function LiveChip() {
  const { kind } = connection.value;
  const isSilent = kind === 'live' && second.value - skew.value - heardAt.value > 2 * 15_000;
  const isSkewed = Math.abs(skew.value) > 2_000;
  return html`<button class="chip feed ${isSilent ? 'lost' : kind}" title=${t('feed.zoneHint')} onClick=${nextZone}>
    ${isSilent ? html`<span class="dot" />${t('feed.silent', { time: clock(heardAt.value) })}` : CHIP[kind](connection.value)}
    ${isSkewed && html` <small>${t('feed.skew', { seconds: Math.round(skew.value / 1_000) })}</small>`}
  </button>`;
}

function Navigation({ entry }) {
  return ENTRIES.map(([name, path]) => html`<a href=${path} aria-current=${entry === name ? 'page' : undefined}>${t(`nav.${name}`)}</a>`);
}

const ThemeIcon = () => html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5v11a5.5 5.5 0 0 1 0-11Z" fill="currentColor" /></svg>`;

function TeamMenu() {
  const teams = user.value?.teams ?? [];
  if (teams.length < 2) {
    return null;
  }
  const current = teams.find(({ id }) => id === team.value) ?? teams[0];
  return html`<${Menu} kind="quiet" label=${`${current.name} ▾`} name=${t('nav.team')}>${(close) => teams.map(({ id, name }) => html`<button
    aria-current=${id === current.id ? 'true' : undefined} onClick=${() => { close(); lookAt(id); }}>${name}</button>`)}<//>`;
}

function UserMenu() {
  return html`<${Menu} kind="quiet" align="end" name=${t('nav.account', { email: user.value.email })} label=${html`<span class="avatar" aria-hidden="true">${user.value.email[0].toUpperCase()}</span>`}>
    ${(close) => html`<p class="menu-head">${user.value.email}<small>${t(`role.${role()}`)}</small></p>
      <label class="menu-row">${t('pref.theme')}<select value=${prefs.value.theme} onChange=${(event) => prefer({ theme: event.target.value })}>
        ${['system', 'light', 'dark'].map((theme) => html`<option value=${theme}>${t(`theme.${theme}`)}</option>`)}</select></label>
      <label class="menu-row">${t('pref.density')}<select value=${prefs.value.density} onChange=${(event) => prefer({ density: event.target.value })}>
        ${['comfortable', 'compact'].map((density) => html`<option value=${density}>${t(`density.${density}`)}</option>`)}</select></label>
      <label class="menu-row">${t('pref.zone')}<select value=${prefs.value.zone} onChange=${(event) => prefer({ zone: event.target.value })}>
        <option value="local">${t('zone.local', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}</option><option value="UTC">UTC</option>
        ${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}>${zone}</option>`)}</select></label>
      <label class="menu-row">${t('pref.language')}<select value=${locale.value} onChange=${(event) => { prefer({ locale: event.target.value }); location.reload(); }}>
        ${Object.entries(LOCALES).map(([tag, name]) => html`<option value=${tag}>${name}</option>`)}</select></label>
      <label class="menu-row"><span>${t('pref.singleKeys')}</span><input type="checkbox" checked=${prefs.value.singleKeys} onChange=${(event) => prefer({ singleKeys: event.target.checked })} /></label>
      <hr /><a href="/swagger/index.html" target="_blank" rel="noopener">${t('nav.api')}</a><a href="/wall" onClick=${close}>${t('nav.wall')}</a>
      <button onClick=${() => attempt(t('signOut'), signOut)}>${t('signOut')}</button>`}
  <//>`;
}

/** Bar, navigation, and the keys that work everywhere. */
export function Shell({ entry, children }) {
  const [help, setHelp] = useState(undefined);
  const open = (what) => import('./help.js').then((module) => setHelp(() => module[what]));
  useKeys({
    'g s': () => go('/services'),
    'g i': () => go('/incidents'),
    'g p': () => go('/status-pages'),
    'g a': () => go('/admin/members'),
    'g h': () => go('/admin/system'),
    'g w': () => go('/wall'),
    '?': () => open('KeyHelp'),
    'mod k': () => open('Palette'),
    t: nextTheme,
    d: nextDensity,
    z: nextZone,
  });
  useEffect(() => {
    if (entry !== 'services') {
      load(''); // the list begins with what its filter shows
    }
  }, [entry]);
  useEffect(() => {
    document.title = entry ? `${t(`nav.${entry}`)} · Health Checker` : 'Health Checker';
  }, [entry]);
  return html`<a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>${t('skip')}</a>
    <header class="bar">
      <div class="narrow-only"><${Menu} kind="quiet" name=${t('nav.menu')} label="☰">${(close) => html`<nav onClick=${close}><${Navigation} entry=${entry} /></nav>`}<//></div>
      <a class="brand" href="/services"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" /><path d="M4 17h6l3-8 5 15 4-11 2 4h4" /></svg><span>Health Checker</span></a>
      <nav class="wide-only" aria-label=${t('nav.main')}><${Navigation} entry=${entry} /></nav>
      <span class="grow" />
      <${TeamMenu} />
      <button class="search wide-only" onClick=${() => open('Palette')}><span class="clip">${t('palette.open')}</span> <kbd>Ctrl K</kbd></button>
      <${LiveChip} />
      <button class="quiet icon wide-only" aria-label=${t('pref.nextTheme', { theme: t(`theme.${prefs.value.theme}`) })} onClick=${nextTheme}><${ThemeIcon} /></button>
      <${UserMenu} />
    </header>
    ${entry === 'admin' && html`<nav class="tabs sub" aria-label=${t('nav.admin')}>${ADMIN.map(([name, path]) => html`<a href=${path} aria-current=${location.pathname === path ? 'page' : undefined}>${t(`nav.${name}`)}</a>`)}</nav>`}
    ${children}
    ${help && html`<${help} onClose=${() => setHelp(undefined)} />`}`;
}
