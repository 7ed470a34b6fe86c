import { signal } from './kit.js';

/** The address as the screens see it. */
export const address = signal(read());

function read() {
  return { path: location.pathname, search: location.search, hash: location.hash };
}

const scrolls = new Map();
let leaving; // asks before an unsaved form is left

/** @param {(() => boolean)|undefined} ask returns true where it is fine to go */
export function beforeLeaving(ask) {
  leaving = ask;
}

/** @param {string} to @param {{replace?: boolean}} [how] */
export function go(to, { replace = false } = {}) {
  if (leaving && new URL(to, location.href).pathname !== location.pathname) {
    if (!leaving()) {
      return;
    }
    leaving = undefined;
  }
  const depth = history.state?.depth ?? 0;
  history[replace ? 'replaceState' : 'pushState']({ depth: replace ? depth : depth + 1 }, '', to);
  address.value = read();
}

/** To where the person came from; where that was not here, to another place. @param {string} otherwise */
export function back(otherwise) {
  history.state?.depth > 0 ? history.back() : go(otherwise, { replace: true });
}

/** Remembers something about the place that is left, for the way back. */
export const keep = (value) => scrolls.set(location.pathname + location.search, value);
export const kept = () => scrolls.get(location.pathname + location.search);

/** Links of our own are followed without loading the page again. */
export function startRouting() {
  addEventListener('popstate', () => (address.value = read()));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute('download')) {
      return;
    }
    const url = new URL(link.href);
    if (url.origin === location.origin && isOurs(url.pathname)) {
      event.preventDefault();
      if (url.href !== location.href) {
        go(url.pathname + url.search + url.hash);
      }
    }
  });
}

const SERVED_OTHERWISE = ['/api/', '/swagger/', '/actuator/', '/assets/', '/status/', '/badge/', '/embed/'];
const isOurs = (path) => !SERVED_OTHERWISE.some((prefix) => path.startsWith(prefix));

/** Only paths of this page are accepted as a place to go after signing in. */
export function safeNext(next) {
  if (!next) {
    return '/services';
  }
  const url = new URL(next, location.origin);
  return next.startsWith('/') && url.origin === location.origin ? url.pathname + url.search + url.hash : '/services';
}
