import { html, useDerived } from './kit.js';
import { t } from './i18n.js';

/** States by severity; the number is what stands in the columns here. */
export const STATES = ['Down', 'Degraded', 'Unknown', 'Suspended', 'Up'];
export const CODE = Object.fromEntries(STATES.map((word, code) => [word, code]));
/** States by the codes of the API's index. */
export const STATE_OF_CODE = ['Unknown', 'Up', 'Degraded', 'Down', 'Unknown', 'Suspended'];
/** What is said beside a state, as bits of the API's index. */
export const FLAG = { failing: 1, late: 2, flapping: 4, maintenance: 8, acknowledged: 16, partial: 32 };
/** The order in which counts are shown. */
export const SHOWN = ['Down', 'Degraded', 'Unknown', 'Up', 'Maintenance', 'Suspended'];

// drawn in a box of 16 by 16; the cut-outs are part of the path, so that a glyph is one node
const GLYPHS = {
  Up: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.9 5.2-4.5 5-3.3-3 1-1.1 2.2 2 3.5-3.9Z',
  Degraded: 'M8 1.2.8 14.5h14.4ZM7.2 6h1.6v4.6H7.2Zm0 5.6h1.6v1.6H7.2Z',
  Down: 'M1.5 1.5v13h13v-13ZM5.3 4.2 8 6.9l2.7-2.7 1.1 1.1L9.1 8l2.7 2.7-1.1 1.1L8 9.1l-2.7 2.7-1.1-1.1L6.9 8 4.2 5.3Z',
  Unknown:
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm-.8 8.2h1.6v1.6H7.2Zm0-.9c0-2.6 1.7-2.3 1.7-3.5 0-1.2-1.9-1.2-1.9.2H5.4c0-3.5 5-3.3 5-.2 0 2-1.6 1.9-1.6 3.5Z',
  Maintenance: 'M4.5 1.5h7L15 8l-3.5 6.5h-7L1 8Zm6 3.4-1.7 1.7-.9-.9 1.5-1.5a2.6 2.6 0 0 0-3.3 3.4l-2 2 1.8 1.8 2-2a2.6 2.6 0 0 0 3.4-3.3Z',
  Suspended: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM5.7 5.2h1.6v5.6H5.7Zm3 0h1.6v5.6H8.7Z',
};

/** What is shown of a state and its flags: maintenance lies over the verdict. */
export const shown = (code, flags) => (flags & FLAG.maintenance ? 'Maintenance' : (STATES[code] ?? 'Unknown'));

const draw = (classes, path) => html`<svg class=${classes} viewBox="0 0 16 16" aria-hidden="true"><path d=${path} fill-rule="evenodd" /></svg>`;
const classOf = (state) => `glyph s-${state}`;
const pathOf = (state) => GLYPHS[state] ?? GLYPHS.Unknown;

/** @param {{state: string}} props */
export const Glyph = ({ state }) => draw(classOf(state), pathOf(state));

/** A glyph that follows. @param {{state: import('./kit.js').Signal<string>}} props */
export const LiveGlyph = ({ state }) => draw(useDerived(() => classOf(state.value), [state]), useDerived(() => pathOf(state.value), [state]));

/** A state as glyph and word, tinted. */
export function StateTag({ state, children }) {
  return html`<span class="tag t-${state}"><${Glyph} state=${state} />${t(`state.${state}`)}${children}</span>`;
}

/** Outcomes of results, in the words and shapes of states. */
export const OUTCOME = { UP: 'Up', DEGRADED: 'Degraded', DOWN: 'Down', UNKNOWN: 'Unknown' };
