import { CODE, FLAG, STATES } from './states.js';

/**
 * The grammar of filters, shared with the API: a comma means or, a parameter that comes again means and, a leading minus
 * means not. What cannot be understood filters nothing, stays in the address and is shown.
 * @typedef {{name: string, term: string}} Ignored
 * @typedef {{tests: {name: string, test: (fleet: any, row: number) => boolean}[], states: ((fleet: any, row: number) => boolean)[], ignored: Ignored[], sort: string,
 *   by: string, view: string, bars: string}} Query
 */
export const FACETS = ['state', 'namespace', 'probe', 'location', 'source', 'label', 'has'];
export const VIEWS = ['list', 'groups', 'tiles'];
export const RANGES = ['1h', '24h', '7d', '30d'];
const GROUPS = /^(namespace|label:.+)?$/;
const SORTS = ['severity', 'name', '-name', 'since', '-since', 'p95', '-p95', 'uptime24h', '-uptime24h', 'id'];
const KNOWN = {
  probe: ['http', 'tcp', 'tls', 'dns', 'icmp', 'grpc', 'websocket', 'heartbeat'],
  source: ['rest', 'file', 'kubernetes'],
};
const HAS = {
  incident: (fleet, row) => fleet.incident[row] > 0,
  late: (fleet, row) => (fleet.flags[row] & FLAG.late) !== 0,
  flapping: (fleet, row) => (fleet.flags[row] & FLAG.flapping) !== 0,
  failing: (fleet, row) => (fleet.flags[row] & FLAG.failing) !== 0,
  maintenance: (fleet, row) => (fleet.flags[row] & FLAG.maintenance) !== 0,
};

/** Words and "phrases", each of them possibly unwanted. */
export function words(text) {
  return [...text.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)]
    .map(([, minus, phrase, word]) => ({ not: minus === '-', text: (phrase ?? word).toLowerCase() }))
    .filter((word) => word.text !== '');
}

/** @param {string} search @returns {Query} */
export function parse(search) {
  const query = { tests: [], states: [], ignored: [], sort: 'severity', by: '', view: 'list', bars: '24h' };
  for (const [name, value] of new URLSearchParams(search)) {
    read(query, name, value);
  }
  query.states = query.tests.filter(({ name }) => name === 'state').map(({ test }) => test);
  return query;
}

function read(query, name, value) {
  const ignore = (term) => query.ignored.push({ name, term });
  switch (name) {
    case 'q':
      for (const { not, text } of words(value)) {
        query.tests.push({ name, test: (fleet, row) => fleet.text(row).includes(text) !== not });
      }
      break;
    case 'state':
      choices(query, name, value, (word) => {
        if (word.toLowerCase() === 'maintenance') {
          return HAS.maintenance;
        }
        const state = STATES.find((known) => known.toLowerCase() === word.toLowerCase());
        return state && ((fleet, row) => fleet.state[row] === CODE[state]);
      });
      break;
    case 'has':
      choices(query, name, value, (word) => (Object.hasOwn(HAS, word) ? HAS[word] : undefined));
      break;
    case 'probe':
    case 'source':
      choices(query, name, value, (word) => (KNOWN[name].includes(word.toLowerCase()) ? (fleet, row) => fleet.word(name, row) === word.toLowerCase() : undefined));
      break;
    case 'location': // several of them stand with commas between
      choices(query, name, value, (word) => (fleet, row) => fleet.word(name, row).split(',').includes(word));
      break;
    case 'namespace':
      choices(query, name, value, (word) => (fleet, row) => fleet.word(name, row) === word);
      break;
    case 'label':
      choices(query, name, value, (term) => (term.startsWith(':') ? undefined : (fleet, row) => fleet.hasLabel(row, term)));
      break;
    case 'sort':
      SORTS.includes(value) ? (query.sort = value) : ignore(value);
      break;
    case 'view':
      VIEWS.includes(value) ? (query.view = value) : ignore(value);
      break;
    case 'bars':
      RANGES.includes(value) ? (query.bars = value) : ignore(value);
      break;
    case 'by':
      GROUPS.test(value) ? (query.by = value) : ignore(value);
      break;
    case 'team':
    case 'locale':
    case 'dir':
      break;
    default:
      ignore(value);
  }
}

function choices(query, name, value, meaning) {
  const wanted = [];
  const unwanted = [];
  for (const term of value.split(',')) {
    const not = term.startsWith('-');
    const word = not ? term.slice(1) : term;
    if (word.trim() === '') {
      continue;
    }
    const test = meaning(word);
    test ? (not ? unwanted : wanted).push(test) : query.ignored.push({ name, term });
  }
  if (wanted.length > 0) {
    query.tests.push({ name, test: (fleet, row) => wanted.some((test) => test(fleet, row)) });
  }
  if (unwanted.length > 0) {
    query.tests.push({ name, test: (fleet, row) => !unwanted.some((test) => test(fleet, row)) });
  }
}

/** What neither the page nor the server understood of a query. @param {string[]} told by the server @returns {Ignored[]} */
export function ignoredOf(query, told = []) {
  const those = told.map((text) => /^([^=]*)=(.*?): /.exec(text)).filter(Boolean).map(([, name, term]) => ({ name, term }));
  return [...query.ignored, ...those.filter(({ name, term }) => !query.ignored.some((known) => known.name === name && known.term === term))];
}

/**
 * True where a row passes; `except` leaves out the tests of one facet, to count its values. From where a service is
 * checked is not told of the first rows, which the server has chosen by that.
 */
export function passes(query, fleet, row, except) {
  for (const { name, test } of query.tests) {
    if (name !== except && !(fleet.partial && name === 'location') && !test(fleet, row)) {
      return false;
    }
  }
  return true;
}

/** The terms of a search string that can be shown as chips. @returns {{name: string, term: string}[]} */
export function chips(search) {
  return [...new URLSearchParams(search)].filter(([name]) => FACETS.includes(name)).flatMap(([name, value]) =>
    value.split(',').filter(Boolean).map((term) => ({ name, term })));
}

/** The search string with a term added where it is missing, or taken away where it is there. */
export function toggle(search, name, term) {
  const params = new URLSearchParams(search);
  const all = params.getAll(name);
  const terms = all.flatMap((value) => value.split(',')).filter(Boolean);
  const rest = terms.filter((other) => other !== term);
  params.delete(name);
  const next = rest.length === terms.length ? [...terms, term] : rest;
  if (next.length > 0) {
    params.append(name, next.join(','));
  }
  return text(params);
}

/** The search string with one parameter set; an empty value takes it away. */
export function put(search, name, value) {
  const params = new URLSearchParams(search);
  value ? params.set(name, value) : params.delete(name);
  return text(params);
}

/** As people write it: commas and colons are not escaped. */
export function text(params) {
  const shown = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return shown ? `?${shown}` : '';
}
