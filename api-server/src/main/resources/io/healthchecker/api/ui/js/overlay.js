import { html, signal, useEffect, useLayoutEffect, useRef, useState } from './kit.js';
import { Problem } from './api.js';
import { t } from './i18n.js';

/** Notes about what the person did: at most three; errors stay until dismissed. */
export const toasts = signal([]);
let number = 0;

/** @param {string} text @param {{undo?: () => void, retry?: () => void, error?: boolean, requestId?: string}} [more] */
export function tell(text, more = {}) {
  const toast = { key: ++number, text, ...more };
  toasts.value = [...toasts.value, toast].slice(-3);
  if (!more.error) {
    setTimeout(() => dismiss(toast), more.undo ? 10_000 : 5_000);
  }
}

/** What failed, in the server's words. @param {string} what @param {unknown} error */
export function tellError(what, error) {
  tell(`${what}: ${error.message}`, { error: true, requestId: error instanceof Problem ? error.requestId : undefined });
}

/** Does something; what fails is told. @param {string} what @param {() => unknown} act */
export async function attempt(what, act) {
  try {
    await act();
  } catch (error) {
    tellError(what, error);
  }
}

const dismiss = (toast) => (toasts.value = toasts.value.filter((other) => other !== toast));

export function Toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map((toast) => html`<div class="toast ${toast.error ? 'bad' : ''}" key=${toast.key}>
      <span>${toast.text}${toast.requestId && html` <small>${t('request', { id: toast.requestId })}</small>`}</span>
      ${toast.undo && html`<button class="link" onClick=${() => { attempt(t('undo'), toast.undo); dismiss(toast); }}>${t('undo')}</button>`}
      ${toast.retry && html`<button class="link" onClick=${() => { toast.retry(); dismiss(toast); }}>${t('retry')}</button>`}
      <button class="icon" aria-label=${t('dismiss')} onClick=${() => dismiss(toast)}>×</button>
    </div>`)}
  </div>`;
}

/** A dialog of the browser's own; focus goes back to where it was. @param {{title: string, onClose: () => void, children: unknown, wide?: boolean}} props */
export function Dialog({ title, onClose, children, wide }) {
  const dialog = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const node = dialog.current;
    node.showModal();
    return () => {
      node.close(); // while it is open, nothing behind it takes the focus
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return html`<dialog ref=${dialog} class=${wide ? 'wide' : ''} aria-label=${title} onCancel=${(event) => { event.preventDefault(); onClose(); }}
    onClick=${(event) => event.target === dialog.current && onClose()}>
    <div class="dialog">
      <header><h2>${title}</h2><button class="icon" aria-label=${t('close')} onClick=${onClose}>×</button></header>
      ${children}
    </div>
  </dialog>`;
}

/** A button that opens a menu below it. @param {{label: unknown, name?: string, children: (close: () => void) => unknown, kind?: string, align?: string}} props */
export function Menu({ label, name, children, kind = '', align = 'start' }) {
  const [open, setOpen] = useState(false);
  const root = useRef(null);
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    root.current.querySelector('.menu input, .menu button, .menu a')?.focus();
    const outside = (event) => !root.current.contains(event.target) && setOpen(false);
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current.querySelector('button').focus();
  };
  const isOfDialog = ({ target }) => target instanceof Element && target.closest('dialog') !== null;
  const onKey = (event) => {
    if (!open || isOfDialog(event)) {
      return; // a dialog that was opened from here has the keys
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !/^(SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      const items = [...root.current.querySelectorAll('.menu button, .menu a')];
      const at = items.indexOf(document.activeElement);
      items.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % items.length)?.focus();
      event.preventDefault();
    }
  };
  // who goes on by Tab leaves nothing behind that covers what has the focus
  const onLeave = ({ relatedTarget }) => open && relatedTarget && root.current && !root.current.contains(relatedTarget) && setOpen(false);
  return html`<div class="menu-root align-${align}" ref=${root} onKeyDown=${onKey} onFocusOut=${onLeave}>
    <button class=${kind} aria-expanded=${String(open)} aria-label=${name} onClick=${() => setOpen(!open)}>${label}</button>
    ${open && html`<div class="menu">${children(close)}</div>`}
  </div>`;
}

/** Copies text, and says so. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(t('copied'));
  } catch (error) {
    tellError(t('cannotCopy'), error);
  }
}

/** What failed, with the server's words, the id of the request, and a way to try again. @param {{what: string, error: Error, retry?: () => void}} props */
export function Failure({ what, error, retry }) {
  return html`<div class="failure" role="alert">
    <p><strong>${what}.</strong> ${error.message}${error.requestId && html` <small>${t('request', { id: error.requestId })}</small>`}</p>
    ${retry && html`<button onClick=${retry}>${t('retry')}</button>`}
  </div>`;
}

/** Why nothing is here, and one thing to do about it. */
export function Empty({ title, children }) {
  return html`<div class="nothing"><h2>${title}</h2>${children}</div>`;
}

/** A component that is loaded when it is first shown. @param {{from: () => Promise<{default: Function}>, props?: object}} props */
export function Lazy({ from, props }) {
  const [component, setComponent] = useState();
  useEffect(() => {
    let isCurrent = true;
    from().then((module) => isCurrent && setComponent(() => module.default));
    return () => (isCurrent = false);
  }, []);
  return component && html`<${component} ...${props} />`;
}
