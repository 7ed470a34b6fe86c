import { computed, signal } from './kit.js';
import { number, region, t } from './i18n.js';
import { prefs } from './prefs.js';

/** How far the server's clock is ahead of ours, milliseconds. */
export const skew = signal(0);
/** The server's time in milliseconds; moves every ten seconds, which is as fine as ages are shown. */
export const now = signal(Date.now());
/** Moves every second; for the clock and for what counts down. */
export const second = signal(Date.now());

export const serverNow = () => Date.now() + skew.value;

setInterval(() => {
  second.value = serverNow();
  if (second.value - now.value >= 10_000 || second.value < now.value) {
    now.value = second.value;
  }
}, 1_000);

/** The zone in which times are shown: undefined is the browser's own. */
export const zone = computed(() => (prefs.value.zone === 'local' ? undefined : prefs.value.zone));

const SPACE = '\u202f';
const formats = new Map();

function format(options, in_ = zone.value) {
  const key = `${region.value} ${in_} ${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(region.value, { hourCycle: 'h23', ...options, timeZone: in_ }));
  }
  return formats.get(key);
}

const isValid = (instant) => instant !== null && instant !== undefined && !Number.isNaN(new Date(instant).getTime());

/** 14:02:11 */
export const clock = (instant, in_) =>
  isValid(instant) ? format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }, in_).format(new Date(instant)) : t('none');

/** 14:02 */
export const minute = (instant) =>
  isValid(instant) ? format({ hour: '2-digit', minute: '2-digit' }).format(new Date(instant)) : t('none');

/** 26 Nov 2026, 14:02:11 */
export const moment = (instant, in_ = zone.value) =>
  isValid(instant)
    ? format({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' }, in_).format(new Date(instant))
    : t('none');

/** 26 Nov */
export const day = (instant) => (isValid(instant) ? format({ month: 'short', day: 'numeric' }).format(new Date(instant)) : t('none'));

/** The short name of the zone in which times are shown, as "UTC" or "CET". */
export function zoneName() {
  return format({ timeZoneName: 'short', hour: '2-digit' }).formatToParts(new Date()).find((part) => part.type === 'timeZoneName').value;
}

const UNITS = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];

/** At most two units: "1 h 50 min". @param {number} seconds */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return t('none');
  }
  const whole = Math.max(0, Math.floor(seconds));
  const at = Math.max(0, UNITS.findIndex(([, size]) => whole >= size));
  if (whole === 0) {
    return unit('s', 0);
  }
  const [name, size] = UNITS[at];
  const rest = at + 1 < UNITS.length ? Math.floor((whole % size) / UNITS[at + 1][1]) : 0;
  const isCoarse = name === 'min' || whole >= 10 * size; // "23 min" says as much as "23 min 4 s"
  return rest > 0 && !isCoarse ? `${unit(name, Math.floor(whole / size))} ${unit(UNITS[at + 1][0], rest)}` : unit(name, Math.floor(whole / size));
}

const unit = (name, n) => t(`unit.${name}`, { n });

/** How long ago, in the server's time. */
export const age = (instant) => duration((now.value - new Date(instant).getTime()) / 1_000);

/** @param {number|null|undefined} millis */
export function latency(millis) {
  if (millis === null || millis === undefined || !Number.isFinite(millis)) {
    return t('none');
  }
  if (millis < 1) {
    return `<${SPACE}1${SPACE}ms`;
  }
  return millis < 999.5
    ? `${number(Math.round(millis))}${SPACE}ms`
    : `${number(millis / 1_000, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}${SPACE}s`;
}

/**
 * Truncated, never rounded up: two decimals, three from 99.9 up; "100 %" only where it is exactly that.
 * @param {number|null|undefined} percent
 */
export function percent(percent) {
  if (percent === null || percent === undefined || !Number.isFinite(percent)) {
    return t('noData');
  }
  if (percent === 100) {
    return `100${SPACE}%`;
  }
  const decimals = percent >= 99.9 ? 3 : 2;
  const factor = 10 ** decimals;
  const cut = Math.floor(percent * factor + 1e-6) / factor;
  const shown = cut >= 100 ? (factor * 100 - 1) / factor : cut;
  return `${number(shown, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}${SPACE}%`;
}

export const micros = (value) => latency(value === null || value === undefined ? value : value / 1_000);
