import { knows, t } from './i18n.js';
import { CODE, FLAG, STATE_OF_CODE, STATES } from './states.js';

const GONE = 255;
const SPARE = 256; // rows that may be added before the columns are made anew

/** Services as columns: one array a property, one row a service. What is shown reads from here, and events write here. */
export class Fleet {
  /** @param {number} rows */
  constructor(rows) {
    const size = rows + SPARE;
    this.rows = 0;
    this.asOf = undefined;
    /** True where not all services are here, but only the first of the list. */
    this.partial = false;
    /** Grows with whatever may change an order. */
    this.revision = 0;
    this.total = 0;
    this.id = new Float64Array(size);
    this.name = [];
    this.address = [];
    this.owner = [];
    this.why = [];
    this.state = new Uint8Array(size).fill(GONE);
    this.flags = new Uint8Array(size);
    this.since = new Float64Array(size); // epoch seconds
    this.p95 = new Float32Array(size).fill(Number.NaN); // milliseconds
    this.up24 = new Float32Array(size).fill(Number.NaN); // percent
    this.cov24 = new Float32Array(size).fill(Number.NaN);
    this.incident = new Float64Array(size);
    /** Labels as "key:value". @type {string[][]} */
    this.labels = [];
    /** "failing 1 of 3", of those that are. @type {Record<number, string>} */
    this.failing = {};
    this.words = { namespace: [], probe: [], source: [], location: [] };
    this.texts = [];
    /** The newest result of those that are watched. */
    this.last = [];
    /** Where the server filters: what it answered so far, and what it did not understand of what was asked. */
    this.views = [];
    /** @type {string[]} */
    this.ignored = [];
    /** @type {Map<number, number>} */
    this.rowOf = new Map();
  }

  /** Reads the columnar index of the API. */
  static ofIndex(index) {
    const { words, columns } = index;
    const fleet = new Fleet(columns.id.length);
    fleet.asOf = index.asOf;
    fleet.total = columns.id.length;
    fleet.rows = columns.id.length;
    const word = (name, i) => words[name]?.[columns[name]?.[i]] ?? '';
    for (let i = 0; i < fleet.rows; i++) {
      fleet.id[i] = columns.id[i];
      fleet.rowOf.set(columns.id[i], i);
      fleet.name[i] = columns.name[i];
      fleet.address[i] = columns.target?.[i] ?? '';
      fleet.state[i] = CODE[STATE_OF_CODE[columns.state[i]]];
      fleet.flags[i] = columns.flags[i];
      fleet.since[i] = columns.since[i] / 1_000;
      fleet.why[i] = reasonInWords(word('reason', i));
      fleet.p95[i] = columns.p95?.[i] ?? Number.NaN;
      fleet.up24[i] = columns.up24?.[i] ?? Number.NaN;
      fleet.cov24[i] = columns.cov24?.[i] ?? Number.NaN;
      fleet.incident[i] = columns.incident?.[i] ?? 0;
      fleet.labels[i] = (columns.labels?.[i] ?? []).map((label) => words.label[label]);
      for (const name of Object.keys(fleet.words)) {
        fleet.words[name][i] = word(name, i);
      }
    }
    for (const [row, [failures, threshold]] of Object.entries(index.failing ?? {})) {
      fleet.failing[row] = t('flag.failingOf', { failures, threshold });
    }
    return fleet;
  }

  /** Takes over the details that the list gave and the index does not have. @param {Fleet|undefined} before */
  detailedBy(before) {
    before?.rowOf.forEach((from, id) => {
      const to = this.rowOf.get(id);
      if (to !== undefined && this.state[to] === before.state[from]) {
        this.why[to] = before.why[from];
        this.last[to] = before.last[from];
      }
    });
    return this;
  }

  /** Reads services as the list gives them. */
  static ofViews(views, total) {
    const fleet = new Fleet(Math.max(views.length, 512));
    fleet.views = views;
    views.forEach((view) => fleet.put(view));
    fleet.partial = true;
    fleet.total = total ?? views.length;
    return fleet;
  }

  /** Writes a service as the API gives it, into its row or into a new one; false where there is no room. */
  put(view) {
    let row = this.rowOf.get(view.id);
    if (row === undefined) {
      if (this.rows === this.id.length) {
        return false;
      }
      row = this.rows++;
      this.rowOf.set(view.id, row);
      this.total = Math.max(this.total, this.rows);
    }
    const kind = PROBES.find((probe) => view[probe]) ?? '';
    const namespace = view.namespace ?? (view.source === 'kubernetes' ? (view.owner ?? '').split('/').at(-2) : '');
    this.revision++;
    this.id[row] = view.id;
    this.name[row] = view.name;
    this.address[row] = addressOf(view, kind);
    this.owner[row] = view.owner ?? '';
    this.state[row] = CODE[view.state];
    this.failing[row] = (view.flags ?? []).find(({ flag }) => flag === 'failing')?.text;
    this.flags[row] = (view.flags ?? []).reduce((bits, { flag }) => bits | (FLAG[flag] ?? 0), 0);
    this.since[row] = new Date(view.since).getTime() / 1_000;
    this.why[row] = view.why?.text ?? view.why?.reason ?? '';
    this.incident[row] = view.incidentId ?? 0;
    this.labels[row] = Object.entries(view.labels ?? {}).map(([key, value]) => `${key}:${value}`);
    this.words.namespace[row] = namespace ?? '';
    this.words.probe[row] = kind;
    this.words.source[row] = view.source;
    this.words.location[row] ??= ''; // of which a view does not tell
    this.texts[row] = undefined;
    this.last[row] = view.lastResult;
    if (view.day) {
      this.p95[row] = view.day.p95 ?? Number.NaN;
      this.up24[row] = view.day.uptime ?? Number.NaN;
      this.cov24[row] = view.day.coverage ?? Number.NaN;
    }
    return true;
  }

  remove(id) {
    const row = this.rowOf.get(id);
    if (row !== undefined) {
      this.revision++;
      this.state[row] = GONE;
      this.rowOf.delete(id);
      this.total--;
    }
    return row;
  }

  /** Writes a transition; returns the row, undefined where there is none. */
  change({ id, state, since, reason, detail, incident }) {
    const row = this.rowOf.get(id);
    if (row === undefined) {
      return undefined;
    }
    this.revision++;
    this.state[row] = CODE[state];
    this.since[row] = since;
    this.why[row] = detail ?? reasonInWords(reason);
    this.incident[row] = incident ?? 0;
    this.flags[row] &= ~(FLAG.failing | FLAG.acknowledged | FLAG.partial);
    return row;
  }

  /** Sets or takes away what is said beside a state; what was so already changes no order. */
  flag(row, bit, isOn) {
    const flags = isOn ? this.flags[row] | bit : this.flags[row] & ~bit;
    if (flags !== this.flags[row]) {
      this.flags[row] = flags;
      this.revision++;
    }
  }

  isGone(row) {
    return this.state[row] === GONE;
  }

  /** How many are shown as Down. */
  down() {
    let count = 0;
    for (let row = 0; row < this.rows; row++) {
      if (this.state[row] === CODE.Down && !(this.flags[row] & FLAG.maintenance)) {
        count++;
      }
    }
    return count;
  }

  word(name, row) {
    return this.words[name][row];
  }

  hasLabel(row, term) {
    return term.includes(':') ? this.labels[row].includes(term) : this.labels[row].some((label) => label.startsWith(`${term}:`));
  }

  label(row, key) {
    return this.labels[row].find((label) => label.startsWith(`${key}:`))?.slice(key.length + 1);
  }

  /** What the search looks at, in small letters. */
  text(row) {
    return (this.texts[row] ??= [this.name[row], this.words.namespace[row], this.address[row], ...this.labels[row].map((label) => label.slice(label.indexOf(':') + 1))]
      .join('\n')
      .toLowerCase());
  }
}

/** A reason in the language of the page; one that a newer server sends as it is. */
export const reasonInWords = (reason) => (knows(`reason.${reason}`) ? t(`reason.${reason}`) : reason);

/** The kinds of probe, by the name of their member. */
export const PROBES = ['http', 'tcp', 'tls', 'dns', 'icmp', 'grpc', 'websocket', 'heartbeat'];

/** What is probed, in one line. */
export function addressOf(view, kind = PROBES.find((probe) => view[probe])) {
  const probe = view[kind] ?? {};
  return probe.url ?? (probe.host ? `${probe.host}${probe.port ? `:${probe.port}` : ''}` : (probe.name ?? probe.cron ?? ''));
}

// the order of severity: Down, Down acknowledged, Degraded, Unknown, failing, Maintenance, Suspended, Up
function rank(fleet, row) {
  const flags = fleet.flags[row];
  if (flags & FLAG.maintenance) {
    return 5;
  }
  switch (STATES[fleet.state[row]]) {
    case 'Down':
      return flags & FLAG.acknowledged ? 1 : 0;
    case 'Degraded':
      return 2;
    case 'Unknown':
      return 3;
    case 'Suspended':
      return 6;
    default:
      return flags & FLAG.failing ? 4 : 7;
  }
}


const orNone = (value) => (Number.isNaN(value) ? -1 : value);

/** All rows in an order of the grammar; sorted again only after something has changed. */
export function sorted(fleet, sort) {
  if (fleet.sorted?.sort !== sort || fleet.sorted.revision !== fleet.revision) {
    const rows = Int32Array.from({ length: fleet.rows }, (_, row) => row).sort(comparator(fleet, sort));
    fleet.sorted = { sort, revision: fleet.revision, rows };
  }
  return fleet.sorted.rows;
}

/** Two rows in an order of the grammar; total, since it ends with the id. */
function comparator(fleet, sort) {
  const sign = sort.startsWith('-') ? -1 : 1;
  const tie = (a, b) => fleet.id[a] - fleet.id[b];
  const names = fleet.name.map((name) => name.toLowerCase()); // the API compares small letters by their codes
  const byName = (a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : 0);
  switch (sort.replace('-', '')) {
    case 'severity':
      return (a, b) => rank(fleet, a) - rank(fleet, b) || fleet.since[b] - fleet.since[a] || byName(a, b) || tie(a, b);
    case 'name':
      return (a, b) => sign * byName(a, b) || sign * tie(a, b);
    case 'since':
      return (a, b) => sign * (fleet.since[a] - fleet.since[b]) || sign * tie(a, b);
    case 'p95':
      return (a, b) => sign * (orNone(fleet.p95[a]) - orNone(fleet.p95[b])) || sign * tie(a, b);
    case 'uptime24h':
      return (a, b) => sign * (orNone(fleet.up24[a]) - orNone(fleet.up24[b])) || sign * tie(a, b);
    default:
      return tie;
  }
}
