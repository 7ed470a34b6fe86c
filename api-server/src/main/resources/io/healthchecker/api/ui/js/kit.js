/** Preact, htm and signals under one name, so that screens import from one place; and hooks of our own. */
import { Fragment, h, render } from './vendor/preact.js';
import { useEffect, useMemo, useState } from './vendor/hooks.js';
import htm from './vendor/htm.js';
import { computed, signal } from './vendor/signals.js';

export { Fragment, h, render };
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from './vendor/hooks.js';
export { batch, computed, effect, signal, useComputed, useSignal, useSignalEffect } from './vendor/signals.js';
export const html = htm.bind(h);

/**
 * A signal that follows others. Where it stands as a text or an attribute, its change touches that alone and draws no
 * component anew. It is made again where an input is another.
 * @template T
 * @param {() => T} compute @param {unknown[]} inputs @returns {import('./vendor/signals.js').ReadonlySignal<T>}
 */
export const useDerived = (compute, inputs) => useMemo(() => computed(compute), inputs);

/** The folder of the assets that this page was made of, with its hash. */
export const assets = new URL('../', import.meta.url).href;

const styles = {};

/** Loads a style sheet that only some screens need; what waits for it is not drawn without. @param {string} name @returns {Promise<unknown>} */
export function style(name) {
  return (styles[name] ??= new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = `${assets}css/${name}.css`;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  }));
}

/**
 * Something that is fetched while a component is there: its value, what failed, and a way to fetch it again. What was
 * there stays while it is fetched again.
 * @template T
 * @param {() => Promise<T>} fetch @param {unknown[]} inputs
 * @returns {{value: T|undefined, error: Error|undefined, again: () => void, loading: boolean}}
 */
export function useLoad(fetch, inputs) {
  const [state, setState] = useState({ value: undefined, error: undefined, loading: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setState((before) => ({ ...before, loading: true }));
    fetch().then(
      (value) => isCurrent && setState({ value, error: undefined, loading: false }),
      (error) => isCurrent && setState((before) => ({ ...before, error, loading: false })),
    );
    return () => (isCurrent = false);
  }, [...inputs, turn]);
  return { ...state, again: () => setTurn((before) => before + 1) };
}

const widths = new Map();

/** True where the page is narrower than so many pixels. */
export function narrower(pixels) {
  if (!widths.has(pixels)) {
    const query = matchMedia(`(max-width: ${pixels - 0.02}px)`);
    const matches = signal(query.matches);
    query.addEventListener('change', () => (matches.value = query.matches));
    widths.set(pixels, matches);
  }
  return widths.get(pixels).value;
}
