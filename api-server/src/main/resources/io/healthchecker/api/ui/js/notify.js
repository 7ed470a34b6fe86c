import { assets } from './kit.js';
import { hear, stay } from './feed.js';
import { parse, passes } from './filter.js';
import { t } from './i18n.js';
import { reasonInWords } from './fleet.js';
import { fleet, load } from './live.js';
import { prefer, prefs } from './prefs.js';
import { go } from './router.js';

/** More than so many within so long become one notification. */
const MOST = 5;
const TOGETHER = 10_000;
const GATHERED = 1_000;

const VISIBLE = 'hc.visible'; // a lock that every visible tab holds
let isStarted = false;
let waiting = [];
let timer;
let recent = []; // when notifications were wanted, milliseconds
const told = new Map(); // of services that are Down: the tag under which it was told

/**
 * Tells by the browser's own notifications from now on, of what a filter shows; undefined ends it. Asked for by a click.
 * @param {string|undefined} search @returns {Promise<boolean>} whether the browser lets us
 */
export async function wish(search) {
  if (search !== undefined && (await Notification.requestPermission()) !== 'granted') {
    return false;
  }
  prefer({ notify: search });
  start();
  return true;
}

export function start() {
  if (isStarted) {
    return;
  }
  isStarted = true;
  stay();
  holdWhileVisible();
  load('');
  hear('event', ({ kind, serviceId, data }) => kind === 'state.changed' && take(serviceId, data));
}

function holdWhileVisible() {
  const hold = () =>
    !document.hidden &&
    navigator.locks.request(VISIBLE, { mode: 'shared' }, () => new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true })));
  document.addEventListener('visibilitychange', hold);
  hold();
}

const isSeen = async () => !document.hidden || (await navigator.locks.query()).held.some(({ name }) => name === VISIBLE);

function take(id, { to, reason, detail, incidentId }) {
  const search = prefs.value.notify;
  const row = fleet.value?.rowOf.get(id);
  if (!document.hidden || search === undefined || row === undefined || !passes(parse(search), fleet.value, row, 'state')) {
    return;
  }
  if (to === 'Down') {
    waiting.push({ id, tag: incidentId ? `incident-${incidentId}` : `service-${id}`, path: incidentId ? `/incidents/${incidentId}` : `/services/${id}`, title: t('notify.down', { name: fleet.value.name[row] }), body: detail ?? reasonInWords(reason) });
  } else if (to === 'Up' && told.has(id)) {
    waiting.push({ id, tag: told.get(id), path: `/services/${id}`, title: t('notify.up', { name: fleet.value.name[row] }), body: '', isOver: true });
  }
  timer ??= setTimeout(flush, GATHERED);
}

async function flush() {
  timer = undefined;
  const all = waiting;
  waiting = [];
  if (all.length === 0 || (await isSeen())) {
    return;
  }
  const now = Date.now();
  recent = [...recent.filter((at) => now - at < TOGETHER), ...all.filter(({ isOver }) => !isOver).map(() => now)];
  if (recent.length > MOST) {
    show({ tag: 'hc.many', title: t('notify.many', { n: recent.length }), body: '', path: '/services?state=Down' });
    return;
  }
  for (const one of all) {
    one.isOver ? told.delete(one.id) : told.set(one.id, one.tag);
    show(one);
  }
}

function show({ tag, title, body, path }) {
  const notification = new Notification(title, { body, tag, icon: `${assets}icon.svg` });
  notification.onclick = () => {
    window.focus();
    go(path);
    notification.close();
  };
}
