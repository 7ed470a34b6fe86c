import { signal } from './kit.js';

/** What the server refused or could not do, in its words. */
export class Problem extends Error {
  /** @param {number} status @param {{title?: string, detail?: string, requestId?: string, errors?: {field: string, message: string}[]}} body */
  constructor(status, body) {
    super(body.detail ?? body.title ?? String(status));
    this.status = status;
    this.requestId = body.requestId;
    this.errors = body.errors ?? [];
  }
}

/** Who is signed in; undefined until that is known, null where nobody is. @type {import('./kit.js').Signal} */
export const user = signal(undefined);
/** The team that is looked at, as an id; undefined is the account's first. A link may name it, a tab keeps it. */
export const team = signal(Number(new URLSearchParams(location.search).get('team') ?? sessionStorage.getItem('hc.team')) || undefined);

/** Looks at another team from now on. @param {number} id */
export function lookAt(id) {
  sessionStorage.setItem('hc.team', String(id));
  location.assign('/services');
}
/** True where the session ended while somebody was at work: the sign-in opens in place. */
export const expired = signal(false);

let token; // in memory only
let isWall = false; // a link for a screen on a wall: its token is all there is
let renewing;
let comeBack;

function begin(session) {
  token = session.token;
  user.value = session.user;
  if (!session.user.teams.some(({ id }) => id === team.value)) {
    team.value = undefined;
  } else {
    sessionStorage.setItem('hc.team', String(team.value));
  }
  expired.value = false;
  comeBack?.resolve();
  comeBack = undefined;
}

/** @param {'login'|'register'} how @param {string|null} [invitation] the code of a link by which to join a team */
export async function signIn(how, email, password, invitation) {
  begin(await send('POST', `/auth/${how}`, { body: { email, password }, open: true, headers: invitation ? { 'X-Invitation': invitation } : {} }));
}

/** Ends the session, here and at the server; nothing that was shown is left in the page. */
export async function signOut() {
  const end = () => send('POST', '/auth/logout', { body: {}, open: true, headers: { Authorization: `Bearer ${token}` } });
  try {
    await end();
  } catch (problem) {
    if (problem.status !== 401) {
      throw problem;
    }
    if (await resume()) {
      await end(); // the token was too old
    }
  }
  sessionStorage.clear();
  location.assign('/login');
}

/** Shows the wall to whoever has its link. @param {string} link the token in it */
export function openWall(link) {
  token = link;
  isWall = true;
  team.value = undefined;
  user.value = { email: '', teams: [] };
}

/** Takes up the session of the cookie; false where there is none. */
export async function resume() {
  renewing ??= navigator.locks
    .request('hc.session', () => send('POST', '/auth/refresh', { body: {}, open: true })) // one tab at a time
    .then((session) => {
      if (session) {
        begin(session);
      }
      return session !== undefined;
    })
    .finally(() => (renewing = undefined));
  try {
    if (await renewing) {
      return true;
    }
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status < 500)) {
      throw problem;
    }
  }
  user.value ??= null;
  return false;
}

/** Waits until the person has signed in again, in place. */
function again() {
  expired.value = true;
  comeBack ??= Promise.withResolvers();
  return comeBack.promise;
}

/**
 * One call of the API below /api/v1.
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, headers?: Record<string, string>, signal?: AbortSignal, open?: boolean, whole?: boolean}} [options]
 *   open: without a token; whole: answer the response, not its JSON. A body that is no JSON by its header is text
 */
export async function send(method, path, options = {}) {
  const headers = { Accept: 'application/json', ...options.headers };
  if (options.open) {
    headers['X-Session'] = 'cookie'; // the refresh token stays in a cookie that no script can read
  } else if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (team.value !== undefined && !options.open) {
    headers['X-Team'] = String(team.value);
  }
  if (options.body !== undefined) {
    headers['Content-Type'] ??= 'application/json';
  }
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers,
    body: options.body === undefined || !headers['Content-Type'].includes('json') ? options.body : JSON.stringify(options.body),
    signal: options.signal,
    credentials: 'same-origin',
  });
  if (response.status === 401 && !options.open && !options.again && !isWall) {
    if (!(await resume())) {
      await again();
    }
    return send(method, path, { ...options, again: true });
  }
  if (options.whole && (response.ok || response.status === 304)) {
    return response;
  }
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => ({ title: response.statusText })));
  }
  return response.status === 204 ? undefined : read(response);
}

const read = (response) =>
  response.headers.get('Content-Type')?.includes('json') ? response.json() : response.text();

export const get = (path, options) => send('GET', path, options);
export const post = (path, body, options) => send('POST', path, { body, ...options });

/** The role of the person in the team that is looked at: viewer, editor or admin. */
export function role() {
  const teams = user.value?.teams ?? [];
  return (teams.find(({ id }) => id === team.value) ?? teams[0])?.role?.toLowerCase() ?? 'viewer';
}

export const mayEdit = () => role() !== 'viewer';
export const mayAdminister = () => role() === 'admin';
