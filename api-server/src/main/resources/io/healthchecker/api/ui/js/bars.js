import { html, signal } from './kit.js';
import { get } from './api.js';
import { t } from './i18n.js';
import { duration } from './format.js';

/** The letters of the API, by state; S is slow, P paused, - before it was made and had a result. */
const STATE_OF = { U: 'Up', S: 'Degraded', D: 'Down', N: 'Unknown', M: 'Maintenance', P: 'Suspended' };
const LETTER_OF = Object.fromEntries(Object.entries(STATE_OF).map(([letter, state]) => [state, letter]));
const WORSE = '-UPMNSD';
const HEIGHT = 20;
/** The worse, the taller: shares of the height. */
const TALL = { Up: 0.45, Degraded: 0.7, Down: 1, Unknown: 1, Maintenance: 0.45, Suspended: 0.1 };

export const SECONDS = { '1h': 3_600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000, '90d': 7_776_000 };

/** One path a state, so that a strip has at most seven nodes however many buckets. @param {string} letters */
export function paths(letters, width, height = HEIGHT) {
  const step = width / letters.length;
  const gap = step >= 3 ? 1 : step >= 1.6 ? 0.5 : 0;
  const drawn = {};
  for (let i = 0; i < letters.length; i++) {
    const state = STATE_OF[letters[i]];
    if (!state) {
      continue;
    }
    const tall = TALL[state] * height;
    const x = i * step;
    const w = step - gap;
    const y = height - tall;
    const d =
      state === 'Unknown'
        ? `M${x + 0.5} ${y + 0.5}h${Math.max(0.5, w - 1)}v${tall - 1}h${-Math.max(0.5, w - 1)}z`
        : state === 'Degraded' // a notch on top
          ? `M${x} ${y}h${w * 0.3}v2h${w * 0.4}v-2h${w * 0.3}v${tall}h${-w}z`
          : `M${x} ${y}h${w}v${tall}h${-w}z`;
    drawn[state] = (drawn[state] ?? '') + d;
  }
  return drawn;
}

/** What a letter says, in words. */
export const inOneWord = (letter) => (STATE_OF[letter] ? t(`state.${STATE_OF[letter]}`) : t('noData'));

/** A strip in words: "24 h: Up 22 h 10 min, Down 1 h 50 min". */
export function inWords(letters, range) {
  const each = SECONDS[range] / letters.length;
  const parts = Object.entries(STATE_OF)
    .map(([letter, state]) => [state, [...letters].filter((other) => other === letter).length * each])
    .filter(([, seconds]) => seconds > 0)
    .map(([state, seconds]) => `${t(`state.${state}`)} ${duration(seconds)}`);
  return `${t(`range.${range}`)}: ${parts.length > 0 ? parts.join(', ') : t('noData')}`;
}

/** @param {{letters?: string, range: string, width?: number, height?: number}} props */
export function Strip({ letters, range, width = 144, height = HEIGHT }) {
  if (!letters) {
    return html`<span class="strip empty" />`;
  }
  const drawn = paths(letters, width, height);
  return html`<svg class="strip" role="img" aria-label=${inWords(letters, range)} viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
    <path class="base" d="M0 ${height - 0.5}H${width}" />
    ${Object.entries(drawn).map(([state, d]) => html`<path class="b-${state}" d=${d} />`)}
  </svg>`;
}

/** Strips of services, fetched for those on the screen; one batch a frame. */
export class Strips {
  /** @param {string} range @param {number} buckets */
  constructor(range, buckets = 48) {
    this.range = range;
    this.buckets = buckets;
    /** @type {Map<number, import('./kit.js').Signal<string|undefined>>} */
    this.letters = new Map();
    this.asked = new Set();
    this.wanted = new Set();
    /** Why some could not be fetched, and which. @type {import('./kit.js').Signal<Error|undefined>} */
    this.failure = signal(undefined);
    this.missed = [];
    /** Of those that were suspended while somebody looked. @type {Set<number>} */
    this.paused = new Set();
  }

  /** The strip of a service as a signal; asks for it where nobody has. */
  of(id) {
    let found = this.letters.get(id);
    if (!found) {
      found = signal(undefined);
      this.letters.set(id, found);
    }
    if (!this.asked.has(id) && !this.wanted.has(id)) {
      this.wanted.add(id);
      this.timer ??= setTimeout(() => this.fetch(), 60);
    }
    return found;
  }

  async fetch() {
    this.timer = undefined;
    const ids = [...this.wanted].slice(0, 100);
    this.wanted.clear();
    ids.forEach((id) => this.asked.add(id));
    if (ids.length === 0) {
      return;
    }
    try {
      const { bars } = await get(`/services/bars?ids=${ids.join(',')}&range=${this.range}&buckets=${this.buckets}`);
      for (const id of ids) {
        this.letters.get(id).value = bars[id];
      }
      this.failure.value = undefined;
      setTimeout(() => this.forget(ids), (SECONDS[this.range] / this.buckets) * 1_000);
    } catch (error) {
      this.forget(ids);
      this.missed = ids;
      this.failure.value = error;
    }
  }

  /** Asks again for what could not be fetched. */
  again() {
    this.missed.forEach((id) => this.of(id));
  }

  /** The next look asks again: a bucket has passed, or nothing came. */
  forget(ids) {
    ids.forEach((id) => this.asked.delete(id));
  }

  /** A transition: the last bucket is as bad as the worst of what it saw. A wait for the first result is nothing to see. */
  change(id, state) {
    const found = this.letters.get(id);
    const last = found?.value?.at(-1);
    const isWait = state === 'Unknown' && (this.paused.has(id) || last === '-' || last === 'P');
    this.paused.delete(id);
    if (state === 'Suspended') {
      this.paused.add(id);
    }
    if (last && !isWait) {
      const letter = LETTER_OF[state];
      if (WORSE.indexOf(letter) > WORSE.indexOf(last)) {
        found.value = found.value.slice(0, -1) + letter;
      }
    }
  }
}
