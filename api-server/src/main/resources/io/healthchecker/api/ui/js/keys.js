import { useLayoutEffect } from './kit.js';
import { prefs } from './prefs.js';

/** @type {{keys: Map<string, () => void>, inDialog: boolean}[]} the last one that knows a key has it */
const layers = [];
let prefix = '';
let prefixTimer;

const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && target.type !== 'checkbox' && target.type !== 'radio';

function nameOf(event) {
  const mod = event.ctrlKey || event.metaKey ? 'mod ' : '';
  const shift = event.shiftKey && event.key.length === 1 && /[a-z]/i.test(event.key) ? 'shift ' : '';
  return mod + shift + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** Listens for the keys of the whole page. */
export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) {
      return;
    }
    const name = nameOf(event);
    const isPlain = !name.startsWith('mod ') && event.key.length === 1;
    const isModal = document.querySelector('dialog[open]') !== null;
    if (isPlain && (isTyping(event.target) || !prefs.value.singleKeys)) {
      return;
    }
    if (!isPlain && isTyping(event.target) && !name.startsWith('mod ') && name !== 'Escape') {
      return;
    }
    const wanted = prefix ? `${prefix} ${name}` : name;
    clearTimeout(prefixTimer);
    prefix = '';
    for (const { keys, inDialog } of layers.toReversed()) {
      const act = keys.get(wanted);
      if (act && (inDialog || !isModal)) {
        if (act(event) !== false) {
          event.preventDefault();
        }
        return;
      }
    }
    if (isPlain && name === 'g') {
      prefix = 'g';
      prefixTimer = setTimeout(() => (prefix = ''), 1_500);
    }
  });
}

/**
 * While a component is there its keys are. Handlers that answer false leave the key to the browser.
 * @param {Record<string, (event: KeyboardEvent) => void|false>} keys
 * @param {{inDialog?: boolean}} [where] inDialog: while a dialog is open, when all other keys rest
 */
export function useKeys(keys, { inDialog = false } = {}) {
  // before the next key, which may come before the next picture
  useLayoutEffect(() => {
    const layer = { keys: new Map(Object.entries(keys)), inDialog };
    layers.push(layer);
    return () => layers.splice(layers.indexOf(layer), 1);
  });
}
