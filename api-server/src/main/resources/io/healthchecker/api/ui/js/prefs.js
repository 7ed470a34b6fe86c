import { effect, signal } from './kit.js';

/**
 * How things look to this person on this machine; nothing in it may hide a row.
 * @typedef {{theme: 'system'|'light'|'dark', density: 'comfortable'|'compact', zone: string, locale: string,
 *   singleKeys: boolean, collapsed: string[], notify?: string, begun?: boolean}} Prefs notify: of what the browser tells while nobody looks;
 *   begun: the first steps are done, or are not to be shown
 */
const NAME = 'hc.ui.v1';

/** @type {Prefs} */
const DEFAULTS = { theme: 'system', density: 'comfortable', zone: 'local', locale: '', singleKeys: true, collapsed: [] };

/** @returns {Prefs} */
function stored() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(NAME) ?? '{}') };
  } catch {
    return DEFAULTS; // broken or forbidden: as if nothing had been chosen
  }
}

export const prefs = signal(stored());

/** @param {Partial<Prefs>} change */
export function prefer(change) {
  prefs.value = { ...prefs.value, ...change };
  try {
    localStorage.setItem(NAME, JSON.stringify(prefs.value));
  } catch {
    // a private window: kept until it is closed
  }
}

/** Writes theme and density where the style sheets look for them. */
export function applyPrefs() {
  effect(() => {
    const { theme, density } = prefs.value;
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.density = density;
  });
}

export function nextTheme() {
  const order = ['system', 'light', 'dark'];
  prefer({ theme: order[(order.indexOf(prefs.value.theme) + 1) % order.length] });
}

export function nextDensity() {
  prefer({ density: prefs.value.density === 'compact' ? 'comfortable' : 'compact' });
}

/** local, UTC, and the zone that was chosen by name, if any. */
export function nextZone() {
  const named = localStorage.getItem(`${NAME}.zone`);
  const order = named ? ['local', 'UTC', named] : ['local', 'UTC'];
  prefer({ zone: order[(order.indexOf(prefs.value.zone) + 1) % order.length] });
}
