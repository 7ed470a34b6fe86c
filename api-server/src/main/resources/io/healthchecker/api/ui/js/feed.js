import { get, post, Problem, team } from './api.js';
import { skew } from './format.js';
import { signal } from './kit.js';

/**
 * How the live feed is: since when, and when a message last arrived (server time, milliseconds).
 * @typedef {{kind: 'off'|'connecting'|'live'|'lost'|'offline', since: number, retryAt?: number}} Connection
 */
/** @type {import('./kit.js').Signal<Connection>} */
export const connection = signal({ kind: 'off', since: Date.now() });
/** When the last message arrived, by our clock, to the second: who shows it is not made anew by each of a thousand. */
export const heardAt = signal(0);
const NOTHING = [];
/** What keeps services from being known; the same empty list while nothing does. */
export const coverage = signal(NOTHING);

const HIDDEN_FOR = 10 * 60_000;
const SILENT_AFTER = 45_000; // nothing, and three pings that did not come

/** @type {Map<string, Set<(message: any) => void>>} */
const listeners = new Map();
let socket;
let lastId; // the newest event that was taken in
let watched = [];
let topics = ['states', 'incidents', 'services'];
let attempt = 0;
let timer;
let hiddenTimer;
let staysInHiding = false;

/**
 * Hears messages of a type: event, snapshot, gap, result, system.
 * @returns {() => void} ends it
 */
export function hear(type, listener) {
  if (!listeners.has(type)) {
    listeners.set(type, new Set());
  }
  listeners.get(type).add(listener);
  return () => listeners.get(type).delete(listener);
}

/** Connects, and goes on after an event; without one, a snapshot comes first. @param {number} [after] */
export function follow(after) {
  lastId = after ?? lastId;
  if (!socket) {
    connect();
  }
}

export function unfollow() {
  clearTimeout(timer);
  lastId = undefined;
  coverage.value = NOTHING;
  drop();
  connection.value = { kind: 'off', since: Date.now() };
}

/** Results of these services are wanted as they come; at most 100. @param {number[]} ids */
export function watch(ids) {
  const next = ids.slice(0, 100);
  if (next.length !== watched.length || next.some((id, i) => id !== watched[i])) {
    watched = next;
    say({ type: 'watch', serviceIds: watched });
  }
}

/** @param {boolean} wanted */
export function wantSystem(wanted) {
  topics = ['states', 'incidents', 'services', ...(wanted ? ['system'] : [])];
  subscribe();
}

/** From now on the feed is heard however long nobody looks. */
export function stay() {
  staysInHiding = true;
}

// without an id a snapshot comes first
function subscribe() {
  say({ type: 'subscribe', topics, after: lastId, batches: true });
}

function say(message) {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
  }
}

async function connect() {
  clearTimeout(timer);
  if (!navigator.onLine) {
    connection.value = { kind: 'offline', since: heardAt.value || Date.now() };
    return;
  }
  if (connection.value.kind === 'off') {
    connection.value = { kind: 'connecting', since: Date.now() };
  }
  const opening = (socket = {});
  try {
    const { ticket } = await post('/ws-tickets');
    if (socket !== opening) {
      return; // left meanwhile
    }
    const query = team.value === undefined ? '' : `?team=${team.value}`;
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/services/ws${query}`, ['hc.v1', `ticket.${ticket}`]);
    socket.onmessage = ({ data }) => {
      noise();
      take(JSON.parse(data));
    };
    socket.onclose = ({ code }) => lost(code);
  } catch (problem) {
    lost(problem instanceof Problem ? problem.status : 0);
    askWhy();
  }
}

/** What nobody can tell by the feed, the server tells from memory, also without its database. */
function askWhy() {
  get('/system').then((system) => (coverage.value = system.coverage ?? NOTHING), () => {}); // it is asked again with the next attempt
}

function take(message) {
  switch (message.type) {
    case 'hello':
      skew.value = new Date(message.serverTime).getTime() - Date.now();
      coverage.value = message.coverage ?? NOTHING;
      subscribe();
      say({ type: 'watch', serviceIds: watched });
      attempt = 0;
      connection.value = { kind: 'live', since: Date.now() };
      break;
    case 'batch':
      message.messages.forEach(take);
      return;
    case 'event':
      lastId = message.id;
      break;
    case 'ping':
      // a message that waited, on its way or for a busy page, makes the server look late: the least late one is right
      skew.value = Math.max(skew.value, new Date(message.serverTime).getTime() - Date.now());
      lastId = message.eventId;
      coverage.value = message.coverage ?? NOTHING;
      break;
    case 'snapshot':
      lastId = message.more ? lastId : message.eventId;
      break;
  }
  for (const listener of listeners.get(message.type) ?? []) {
    listener(message);
  }
}

let silenceTimer;
function noise() {
  const now = Date.now();
  if (Math.abs(now - heardAt.value) >= 1_000) {
    heardAt.value = now;
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => socket?.close?.(), SILENT_AFTER);
  }
}

const FRESH_START = 1012; // event ids began anew

function lost(code) {
  socket = undefined;
  if (code === FRESH_START) {
    lastId = undefined;
    listeners.get('gap')?.forEach((listener) => listener({ type: 'gap' }));
  }
  if (document.hidden && code === 1000) {
    return;
  }
  const wait = Math.min(30_000, 1_000 * 2 ** attempt++) * (0.75 + Math.random() / 2);
  const since = connection.value.kind === 'lost' ? connection.value.since : heardAt.value || Date.now();
  connection.value = { kind: navigator.onLine ? 'lost' : 'offline', since, retryAt: Date.now() + wait };
  timer = setTimeout(connect, wait);
}

function drop() {
  const closing = socket;
  socket = undefined;
  if (closing?.close) {
    closing.onclose = null;
    closing.close(1000);
  }
}

addEventListener('online', () => !socket && connection.value.kind !== 'off' && connect());
addEventListener('offline', () => (connection.value = { kind: 'offline', since: heardAt.value || Date.now() }));
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (connection.value.kind === 'off') {
    return;
  }
  if (document.hidden) {
    say({ type: 'watch', serviceIds: [] });
    hiddenTimer = staysInHiding ? undefined : setTimeout(drop, HIDDEN_FOR);
  } else if (socket) {
    say({ type: 'watch', serviceIds: watched });
  } else {
    attempt = 0;
    connect();
  }
});
