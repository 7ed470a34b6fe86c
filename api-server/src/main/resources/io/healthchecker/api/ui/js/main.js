import { assets, effect, html, render, style, useEffect, useState } from './kit.js';
import { expired, openWall, resume, user } from './api.js';
import { coverage } from './feed.js';
import { second } from './format.js';
import { loadMessages, t } from './i18n.js';
import { startKeys } from './keys.js';
import { fleet, load } from './live.js';
import { Failure, Lazy, Toasts } from './overlay.js';
import { applyPrefs, prefs } from './prefs.js';
import { address, go, safeNext, startRouting } from './router.js';
import { Shell } from './shell.js';

// one function for addresses of the same screen, which then stays when one leads to the other
const service = () => import('./screens/service.js');
const incidents = () => import('./screens/incidents.js');

/**
 * Which screen an address has. Modules are loaded when they are first needed; those of the list come with the page.
 * @type {[RegExp, () => Promise<{default: Function}>, string][]} pattern, screen, its entry in the navigation
 */
const ROUTES = [
  [/^\/services$/, () => import('./screens/services.js'), 'services'],
  [/^\/services\/new$/, () => import('./screens/edit.js'), 'services'],
  [/^\/services\/(?<id>\d+)\/edit$/, () => import('./screens/edit.js'), 'services'],
  [/^\/services\/(?<id>\d+)\/results\/(?<slot>[^~]+)~(?<location>.+)$/, service, 'services'],
  [/^\/services\/(?<id>\d+)$/, service, 'services'],
  [/^\/incidents$/, incidents, 'incidents'],
  [/^\/incidents\/(?<id>\d+)$/, incidents, 'incidents'],
  [/^\/status-pages(\/(?<id>\d+|new)(\/edit)?)?$/, () => import('./screens/status-pages.js'), 'statusPages'],
  [/^\/admin\/(?<tab>members|tokens|audit)$/, () => import('./screens/admin.js'), 'admin'],
  [/^\/admin\/system$/, () => import('./screens/system.js'), 'admin'],
  [/^\/admin\/system\/runbooks$/, () => import('./screens/runbooks.js'), 'admin'],
  [/^\/k8s\/(?<cluster>[^/]+)\/(?<namespace>[^/]+)\/(?<name>[^/]+)$/, () => import('./screens/kubernetes.js'), 'services'],
  [/^\/wall(\/t\/[^/]+)?$/, () => import('./screens/wall.js'), 'wall'],
];

const OPEN = /^\/(login|register)$/;
const LIST = /^\/(services|wall)?$/;

function find(path) {
  for (const [pattern, screen, entry] of ROUTES) {
    const match = pattern.exec(path);
    if (match) {
      return { screen, entry, params: match.groups ?? {} };
    }
  }
  return undefined;
}

function Screen({ route, path }) {
  const [loaded, setLoaded] = useState({});
  useEffect(() => {
    let isCurrent = true;
    Promise.all([route.screen(), LIST.test(path) || style('detail')]).then(
      ([module]) => isCurrent && setLoaded({ screen: module.default, of: route.screen }),
      (error) => isCurrent && setLoaded({ error, of: route.screen }),
    );
    return () => (isCurrent = false);
  }, [path]);
  if (loaded.error) {
    return html`<main id="main"><${Failure} what=${t('cannotLoadPage')} error=${loaded.error} retry=${() => location.reload()} /></main>`;
  }
  return loaded.screen ? html`<${loaded.screen} ...${route.params} />` : html`<main id="main" aria-busy="true" />`;
}

function SignIn(props) {
  const [screen, setScreen] = useState();
  useEffect(() => {
    import('./screens/sign-in.js').then((module) => setScreen(() => module.default));
  }, []);
  return screen && html`<${screen} ...${props} />`;
}

function App() {
  const { path, search } = address.value;
  const isOpen = OPEN.test(path);
  useEffect(() => {
    if (user.value === null && !isOpen) {
      go(`/login?next=${encodeURIComponent(path + search)}`, { replace: true });
    } else if (user.value && isOpen && !expired.value) {
      go(safeNext(new URLSearchParams(search).get('next')), { replace: true });
    } else if (path === '/') {
      go('/services', { replace: true });
    }
  }, [user.value, path]);
  if (user.value === undefined) {
    return html`<main id="main" aria-busy="true" />`;
  }
  if (user.value === null || isOpen) {
    return html`<${SignIn} mode=${path === '/register' ? 'register' : 'login'} /><${Toasts} />`;
  }
  const route = find(path);
  const screen = route
    ? html`<${Screen} route=${route} path=${path} key=${route.screen} />`
    : html`<main id="main" class="page"><h1>${t('notFound')}</h1><p>${t('notFoundText', { path })}</p><p><a href="/services">${t('nav.services')}</a></p></main>`;
  return html`${route?.entry === 'wall' ? screen : html`<${Shell} entry=${route?.entry}>${screen}<//>`}
    ${coverage.value.length > 0 && html`<${Lazy} from=${() => import('./screens/coverage.js')} />`}
    ${expired.value && html`<${SignIn} mode="again" />`}<${Toasts} />`;
}

/** The icon is a square with how many of all services are Down; it is itself where none is, or where not all are here. */
function countInIcon() {
  const icon = document.querySelector('link[rel=icon]');
  const plain = icon.href;
  let counted; // of which services, and as of which revision
  effect(() => {
    const columns = second.value && fleet.value;
    if (!columns || (counted?.columns === columns && counted.revision === columns.revision)) {
      return;
    }
    counted = { columns, revision: columns.revision };
    const down = columns.down();
    const href = down === 0 || columns.partial ? plain : `${assets}icon-${down > 99 ? 'many' : down}.svg`;
    if (icon.href !== href) {
      icon.href = href;
    }
  });
}

async function start() {
  applyPrefs();
  countInIcon();
  const link = /^\/wall\/t\/([^/]+)$/.exec(location.pathname)?.[1];
  const session = link ? openWall(link) : resume();
  session?.catch(() => {}); // it is told below, once there are words for it
  await loadMessages();
  startRouting();
  startKeys();
  const root = document.getElementById('app');
  try {
    await session;
    if (user.value && LIST.test(location.pathname)) {
      load(location.search); // what the list shows is under way while the page is made
    }
    render(html`<${App} />`, root);
    if (prefs.value.notify !== undefined && user.value && !link) {
      import('./notify.js').then(({ start: follow }) => follow());
    }
  } catch (error) {
    render(html`<main class="page"><h1>Health Checker</h1><${Failure} what=${t('cannotSignIn')} error=${error} retry=${() => location.reload()} /></main>`, root);
  }
}

start();
