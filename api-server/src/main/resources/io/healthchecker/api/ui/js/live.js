import { get, Problem } from './api.js';
import { follow, hear } from './feed.js';
import { Fleet } from './fleet.js';
import { batch, signal } from './kit.js';
import { FLAG, shown, STATES } from './states.js';

/** All services of the team, kept true by the feed. Undefined until the first of them are here. @type {import('./kit.js').Signal<Fleet|undefined>} */
export const fleet = signal(undefined);
/** Why the services could not be fetched. */
export const failure = signal(undefined);

const INDEX_LIMIT = 25_000;
const WINDOW = 60;
const ONE_BY_ONE = 20; // changed services that are read singly; more are read with the index

/** @type {Map<number, import('./kit.js').Signal<number>>} */
const versions = new Map();
/** @type {Set<(changes: {row: number, before: string, after: string}[]) => void>} */
const listeners = new Set();
let loading;
let asked; // which rows the list begins with, as a query
let hasEars = false;

/** Grows whenever something of the service changes; reading it makes a component follow. */
export function version(id) {
  if (!versions.has(id)) {
    versions.set(id, signal(0));
  }
  return versions.get(id);
}

// not when a row leaves the page: another part of it may follow the same service
function forgetGone() {
  for (const id of versions.keys()) {
    if (!fleet.value.rowOf.has(id)) {
      versions.delete(id);
    }
  }
}

/** Hears which rows changed their state, once a frame. */
export function onChanges(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where the server filters, since there are too many services for one page. */
export const isServerMode = signal(false);

/** Fetches the first rows that a filter shows, then all of them, then follows the feed. @param {string} search */
export async function load(search) {
  if (!isServerMode.value || !fleet.value) {
    await (loading ?? begin(fetchAll(search)));
  }
}

/** Where the server filters: fetches the first rows of a filter, unless they are here or on their way. @param {string} search */
export function ask(search) {
  if (asked !== windowOf(search)) {
    fleet.value = undefined;
    begin(fetchAll(search));
  }
}

/** What is under way until it has come, or something else is asked for. */
function begin(fetching) {
  const mine = fetching.finally(() => loading === mine && (loading = undefined));
  return (loading = mine);
}

async function fetchAll(search) {
  listen();
  try {
    if (!fleet.value) {
      const wanted = windowOf(search);
      asked = wanted;
      const first = await get(`/services?${wanted}&limit=${WINDOW}`);
      if (asked !== wanted) {
        return; // somebody has asked for other rows meanwhile
      }
      fleet.value = Fleet.ofViews(first.items, first.total);
      isServerMode.value = (first.total ?? 0) > INDEX_LIMIT || navigator.connection?.saveData === true;
      if (isServerMode.value) {
        fleet.value.cursor = first.nextCursor;
        fleet.value.ignored = first.ignored ?? [];
        failure.value = undefined;
        follow();
        return;
      }
    }
    forgetPassed();
    isRemembering = true;
    const fresh = await fetchIndex().finally(() => (isRemembering = false));
    fleet.value = fresh;
    forgetGone();
    failure.value = undefined;
    // of what came meanwhile, and shortly before, the index does not tell
    recent.filter(({ event }) => event.id > fresh.asOf).forEach(({ event }) => take(event));
    follow(fresh.asOf);
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  failure.value = error;
}

/** Fetches anew what is here. */
export function reload() {
  if (isServerMode.value) {
    fleet.value = undefined;
  }
  return load(asked ?? '');
}

function windowOf(search) {
  const params = new URLSearchParams(search);
  ['view', 'by', 'bars', 'locale', 'dir'].forEach((name) => params.delete(name));
  if (!params.has('sort')) {
    params.set('sort', 'severity');
  }
  return params.toString();
}

async function fetchIndex() {
  return Fleet.ofIndex(await get('/services/index')).detailedBy(fleet.value);
}

/** Reads the next rows of the list, where the server filters. */
export async function readOn(search) {
  const before = fleet.value;
  if (!before?.cursor || loading || failure.value) {
    return; // what has failed is asked for again by whoever looks
  }
  const more = await begin(get(`/services?${windowOf(search)}&limit=200&cursor=${encodeURIComponent(before.cursor)}`)).catch(fail);
  if (!more || fleet.value !== before) {
    return; // these are not the rows that it goes on with
  }
  const next = Fleet.ofViews([...before.views, ...more.items], more.total ?? before.total);
  next.cursor = more.nextCursor;
  next.ignored = before.ignored;
  fleet.value = next;
}

function listen() {
  if (hasEars) {
    return;
  }
  hasEars = true;
  hear('event', (event) => {
    recent.push({ event, at: Date.now() });
    take(event);
  });
  hear('result', ({ data }) => take({ kind: 'result', data }));
  hear('snapshot', ({ services }) => services.forEach((service) => take({ kind: 'state.changed', serviceId: service.id, at: service.since, data: { to: service.state, reason: service.reason } })));
  hear('gap', reload);
}

const INDEX_AGE = 2_000; // milliseconds: the server gives the same index to all who ask within one second
/** Events that an index may not know of yet. */
const recent = [];
let isRemembering = false;

function forgetPassed() {
  const passed = Date.now() - INDEX_AGE;
  const kept = recent.findIndex(({ at }) => at > passed);
  recent.splice(0, kept < 0 ? recent.length : kept);
}

let queue = [];
let next; // takes back the look at the queue that is due

function take(event) {
  queue.push(event);
  next ??= document.hidden ? whenHidden() : whenSeen();
}

// a hidden page has no frames: one that was asked for before comes only when somebody looks again
document.addEventListener('visibilitychange', () => {
  if (next) {
    next();
    next = document.hidden ? whenHidden() : whenSeen();
  }
});

/** @returns {() => void} takes it back */
function whenSeen() {
  const frame = requestAnimationFrame(apply);
  return () => cancelAnimationFrame(frame);
}

function whenHidden() {
  const timer = setTimeout(apply, 250);
  return () => clearTimeout(timer);
}

function apply() {
  next = undefined;
  if (!isRemembering) {
    forgetPassed();
  }
  const events = queue;
  queue = [];
  if (!fleet.value) {
    return;
  }
  const changes = new Map();
  const touched = new Set();
  batch(() => {
    for (const event of events) {
      const row = fleet.value.rowOf.get(event.serviceId ?? event.data?.serviceId);
      const before = stateOf(row);
      write(event, row);
      if (row !== undefined) {
        touched.add(row);
        const after = stateOf(row);
        if (before !== after) {
          changes.set(row, { row, before: changes.get(row)?.before ?? before, after });
        }
      }
    }
    for (const row of touched) {
      const seen = versions.get(fleet.value.id[row]);
      if (seen) {
        seen.value++;
      }
    }
    listeners.forEach((listener) => listener([...changes.values()]));
  });
}

/** The state that is shown of a row; undefined where there is none. */
function stateOf(row) {
  return row === undefined || fleet.value.isGone(row) ? undefined : shown(fleet.value.state[row], fleet.value.flags[row]);
}

function write(event, row) {
  const { data } = event;
  const columns = fleet.value;
  switch (event.kind) {
    case 'state.changed':
      columns.change({ id: event.serviceId, state: data.to, since: new Date(event.at).getTime() / 1_000, reason: data.reason, detail: data.detail ?? undefined, incident: data.incidentId });
      break;
    case 'incident.acknowledged':
    case 'incident.unacknowledged':
      flag(row, FLAG.acknowledged, event.kind === 'incident.acknowledged');
      break;
    case 'result':
      if (row !== undefined) {
        columns.last[row] = data;
        flag(row, FLAG.failing, data.outcome === 'DOWN' && STATES[columns.state[row]] === 'Up');
        flag(row, FLAG.late, false);
      }
      break;
    case 'service.created':
    case 'service.changed':
      refresh(event.serviceId);
      break;
    case 'service.removed':
      columns.remove(event.serviceId);
      break;
  }
}

function flag(row, bit, isOn) {
  if (row !== undefined) {
    fleet.value.flag(row, bit, isOn);
  }
}

const changed = new Set();
let refreshTimer;

function refresh(id) {
  changed.add(id);
  refreshTimer ??= setTimeout(readChanged, 150);
}

/** Reads services whose definition changed, or that are new. */
async function readChanged() {
  refreshTimer = undefined;
  const ids = [...changed];
  changed.clear();
  if (ids.length > ONE_BY_ONE) {
    await reload();
    return;
  }
  for (const id of ids) {
    try {
      const heard = [];
      const end = hear('event', (event) => event.serviceId === id && event.kind === 'state.changed' && heard.push(event));
      const view = await get(`/services/${id}`).finally(end);
      const before = stateOf(fleet.value.rowOf.get(id));
      if (!fleet.value.put(view)) {
        await reload();
        return;
      }
      version(id).value++;
      const row = fleet.value.rowOf.get(id);
      listeners.forEach((listener) => listener([{ row, before, after: stateOf(row) }]));
      heard.forEach(take); // what came meanwhile may be newer than what was read
    } catch (error) {
      if (!(error instanceof Problem && error.status === 404)) {
        fail(error); // else it is gone again: the event about that is on its way
      }
    }
  }
}
