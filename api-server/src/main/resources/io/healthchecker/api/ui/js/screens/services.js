import { effect, html, narrower, signal, useDerived, useEffect, useLayoutEffect, useMemo, useRef, useSignal, useState } from '../kit.js';
import { get, mayEdit } from '../api.js';
import { arrange } from '../arrange.js';
import { Strips } from '../bars.js';
import { hear, watch } from '../feed.js';
import { clock, second } from '../format.js';
import { chips, ignoredOf, parse, passes, put, RANGES, toggle, VIEWS } from '../filter.js';
import { t } from '../i18n.js';
import { useKeys } from '../keys.js';
import { ask, failure, fleet, isServerMode, load, onChanges, readOn, reload } from '../live.js';
import { Empty, Failure, Lazy, Menu } from '../overlay.js';
import { prefer, prefs } from '../prefs.js';
import { address, go } from '../router.js';
import { isStale } from '../shell.js';
import { Glyph, SHOWN } from '../states.js';
import { VirtualList } from '../virtual.js';
import { GroupRow, ServiceRow } from './service-row.js';

const counts = signal({});
const moved = signal(0); // rows that would stand elsewhere now
const selection = signal(new Set());
const focused = { id: undefined }; // where the focus was, for the way back

const COUNT_EVERY = 2_000; // milliseconds, where the server counts
const FEW = 5; // services of a team that has just begun

const change = (search, how) => go(`/services${search}`, how);

/** The list of services: counts, filters, rows. */
export default function Services() {
  const { search } = address.value;
  const columns = fleet.value;
  const query = useMemo(() => parse(search), [search]);
  const [turn, setTurn] = useState(0); // grows when the order is asked for anew
  const resort = () => setTurn((before) => before + 1);
  const arrangement = useMemo(() => (columns ? arrange(columns, query) : undefined), [columns, query, turn]);

  useEffect(() => {
    load(search);
  }, []);
  useEffect(() => {
    if (isServerMode.value) {
      ask(search);
    }
  }, [search, isServerMode.value]);
  // with the render that arranged: a change between the two would be counted by nobody
  useLayoutEffect(() => {
    counts.value = arrangement?.counts ?? {};
    moved.value = 0;
    const wouldMove = new Set();
    return onChanges((changes) => {
      const next = { ...counts.value };
      for (const { row, before, after } of changes) {
        if (passes(query, fleet.value, row, 'state')) {
          if (before) {
            next[before] = (next[before] ?? 1) - 1;
          }
          if (after) {
            next[after] = (next[after] ?? 0) + 1;
          }
        }
        wouldMove.add(row);
      }
      if (changes.length > 0) {
        counts.value = next;
        moved.value = wouldMove.size;
      }
      if (arrangement?.order.length === 0 && changes.some(({ row, after }) => after && passes(query, fleet.value, row))) {
        resort(); // where nothing is shown, nothing moves
      }
    });
  }, [arrangement]);

  useEffect(() => {
    if (!isServerMode.value || !columns) {
      return undefined;
    }
    let timer;
    const count = () => {
      timer = undefined;
      get(`/services/facets${search}`).then(({ state }) => address.value.search === search && (counts.value = state), (error) => (failure.value = error));
    };
    count();
    const end = hear('event', () => (timer ??= setTimeout(count, COUNT_EVERY))); // most of what changes is not among the rows
    return () => (end(), clearTimeout(timer));
  }, [arrangement]);

  useKeys({ '.': resort, '/': () => document.getElementById('search')?.focus() });

  return html`<main id="main" class="services" tabindex="-1">
    <h1 class="unseen">${t('nav.services')}</h1>
    <${Counts} search=${search} isReady=${columns && !columns.partial} />
    <${Filters} search=${search} query=${query} columns=${columns} />
    ${columns && !columns.partial && columns.total > 0 && columns.total <= FEW && !prefs.value.begun && html`<${Lazy} from=${() => import('./first-steps.js')} />`}
    ${failure.value && html`<${Failure} what=${t('cannotLoadServices')} error=${failure.value} retry=${() => (isServerMode.value ? reload() : load(search))} />`}
    ${columns && arrangement && html`<${Body} columns=${columns} arrangement=${arrangement} query=${query} search=${search} key=${query.view === 'tiles'} />`}
    ${!columns && !failure.value && html`<${Skeleton} />`}
    <${Resort} resort=${resort} />
    <${Announcer} />
  </main>`;
}

/** Offers to sort the list again. */
function Resort({ resort }) {
  const isOffered = useDerived(() => moved.value > 0, []).value;
  const said = useDerived(() => t('wouldMove', { n: moved.value }), []);
  return isOffered && html`<button class="resort" onClick=${resort}>${said} <kbd>.</kbd></button>`;
}

/** A button for each state, with how many there are; together they are the filter by state. */
function Counts({ search, isReady }) {
  const active = new Set(chips(search).filter(({ name }) => name === 'state').map(({ term }) => term.toLowerCase()));
  const digits = t('count', { n: fleet.value?.total ?? 0 }).length; // room for all, so that a count that grows moves nothing
  const isKnown = isReady || isServerMode.value;
  return html`<div class="counts" role="group" aria-label=${t('filterByState')} style=${{ '--digits': digits }}>
    ${SHOWN.map((state) => html`<${Count} key=${state} state=${state} search=${search} isActive=${active.has(state.toLowerCase())} isKnown=${isKnown} />`)}
  </div>`;
}

function Count({ state, search, isActive, isKnown }) {
  const kind = useDerived(() => (counts.value[state] ? 'count' : 'count zero'), [state]);
  const count = useDerived(() => (isKnown ? t('count', { n: counts.value[state] ?? 0 }) : '–'), [state, isKnown]);
  return html`<button class=${kind} data-state=${state} aria-pressed=${String(isActive)} onClick=${() => change(toggle(search, 'state', state))}>
    <${Glyph} state=${state} /><span>${t(`state.${state}`)}</span> <strong class="figures">${count}</strong></button>`;
}

function Filters({ search, query, columns }) {
  const params = new URLSearchParams(search);
  const ignored = ignoredOf(query, columns?.ignored);
  const search_ = (event) => change(put(search, 'q', event.target.value), { replace: true });
  return html`<div class="filters">
    <input id="search" type="search" class="find" placeholder=${t('searchServices')} aria-label=${t('searchServices')} value=${params.getAll('q').join(' ')} onInput=${search_}
      onKeyDown=${(event) => event.key === 'Escape' && event.target.blur()} />
    ${chips(search).filter(({ name }) => name !== 'state').map(({ name, term }) =>
      ignored.some((other) => other.name === name && other.term === term)
        ? html`<button class="chip ignored" onClick=${() => change(toggle(search, name, term))}>${t('ignored')} <s>${name}=${term}</s> ×</button>`
        : html`<button class="chip" onClick=${() => change(toggle(search, name, term))} aria-label=${t('removeFilter', { filter: `${name} ${term}` })}><span class="soft">${t(`facet.${name}`)}</span> ${term} <span aria-hidden="true">×</span></button>`)}
    ${ignored.filter(({ name }) => !['namespace', 'probe', 'location', 'source', 'label', 'has'].includes(name)).map(({ name, term }) => html`
      <button class="chip ignored" onClick=${() => change(name === 'state' ? toggle(search, name, term) : put(search, name, ''))}>${t('ignored')} <s>${name}=${term}</s> ×</button>`)}
    <${Menu} label=${t('addFilter')} kind="chip add">${() => columns && html`<${Lazy} from=${() => import('./facets.js')} props=${{ columns, query, search }} />`}<//>
    <${Menu} label=${`${t('views')} ▾`} kind="chip">${(close) => html`<${Lazy} from=${() => import('./views.js')} props=${{ search, close }} />`}<//>
    ${(search.includes('state=') || chips(search).length > 0 || params.has('q')) && html`<button class="link" onClick=${() => change('')}>${t('clearFilters')}</button>`}
    <span class="grow" />
    <${GroupBy} search=${search} query=${query} columns=${columns} />
    <div class="segments wide-only" role="group" aria-label=${t('view')}>${VIEWS.map((view) => html`<button aria-pressed=${String(query.view === view)} onClick=${() => change(put(search, 'view', view === 'list' ? '' : view))}>${t(`view.${view}`)}</button>`)}</div>
    <label class="wide-only"><span class="unseen">${t('barsOver')}</span><select value=${query.bars} onChange=${(event) => change(put(search, 'bars', event.target.value === '24h' ? '' : event.target.value))}>
      ${RANGES.map((range) => html`<option value=${range}>${t(`range.${range}`)}</option>`)}</select></label>
    ${mayEdit() && html`<a class="button primary new" href="/services/new" aria-label=${t('newService')}><span class="narrow-only" aria-hidden="true">+</span><span class="wide-only">${t('newService')}</span></a>`}
  </div>`;
}

const MOST_KEYS = 12;

/** By which labels services can be grouped; those of the first ones. */
function keysOf(columns) {
  const keys = new Set();
  for (let row = 0; row < Math.min(columns?.rows ?? 0, 2_000) && keys.size < MOST_KEYS; row++) {
    columns.labels[row].forEach((label) => keys.add(label.slice(0, label.indexOf(':'))));
  }
  return keys;
}

function GroupBy({ search, query, columns }) {
  const keys = useMemo(() => keysOf(columns), [columns]);
  if (!columns || columns.partial) {
    return null;
  }
  return html`<label class="wide-only group-by"><span>${t('groupBy')}</span><select value=${query.by} onChange=${(event) => change(put(search, 'by', event.target.value))}>
    <option value="">${t('nothing')}</option><option value="namespace">${t('facet.namespace')}</option>
    ${[...keys].sort().map((key) => html`<option value=${`label:${key}`}>${key}</option>`)}
    ${query.by.startsWith('label:') && !keys.has(query.by.slice(6)) && html`<option value=${query.by}>${query.by.slice(6)}</option>`}</select></label>`;
}

/** What is listed: rows of the fleet, and groups as -1 - their number. */
function itemsOf(arrangement, query, collapsed) {
  if (arrangement.groups.length === 0) {
    return Array.from(arrangement.order);
  }
  const items = [];
  arrangement.groups.forEach((group, number) => {
    items.push(-1 - number);
    if (isOpen(group, query, collapsed)) {
      items.push(...group.rows);
    }
  });
  return items;
}

const keyOf = (query, group) => `${query.by || 'namespace'}/${group.name}`;
const isOpen = (group, query, collapsed) => collapsed.includes(keyOf(query, group)) === (query.view === 'groups');

function Body({ columns, arrangement, query, search }) {
  const collapsed = prefs.value.collapsed;
  const items = useMemo(() => itemsOf(arrangement, query, collapsed), [arrangement, query, collapsed]);
  const strips = useMemo(() => new Strips(query.bars), [query.bars]);
  const [active, setActive] = useState(-1);
  const anchor = useRef(0);
  const isNarrow = narrower(640);
  const isTiles = query.view === 'tiles';
  const rowHeight = isNarrow ? 60 : prefs.value.density === 'compact' ? 32 : matchMedia('(pointer: coarse)').matches ? 48 : 40;

  useEffect(() => onChanges((changes) => changes.forEach(({ row, after }) => after && strips.change(columns.id[row], after))), [columns, strips]);
  useEffect(() => {
    const at = items.findIndex((row) => row >= 0 && columns.id[row] === focused.id);
    if (at >= 0) {
      setActive(at);
      requestAnimationFrame(() => document.getElementById(`service-${focused.id}`)?.focus());
    }
  }, []);

  const focus = (index) => {
    setActive(index);
    const row = items[index];
    focused.id = row >= 0 ? columns.id[row] : undefined;
    requestAnimationFrame(() => {
      const node = row >= 0 ? document.getElementById(`service-${columns.id[row]}`) : document.querySelector(`[aria-rowindex="${index + 2}"]`);
      node?.focus({ preventScroll: true });
    });
  };
  const move = (by) => () => items.length > 0 && focus(Math.max(0, Math.min(items.length - 1, active + by)));
  const select = (index, isRange) => {
    const next = new Set(selection.value);
    const [from, to] = isRange ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    const isOn = isRange || !next.has(columns.id[items[index]]);
    for (let i = from; i <= to; i++) {
      if (items[i] >= 0) {
        isOn ? next.add(columns.id[items[i]]) : next.delete(columns.id[items[i]]);
      }
    }
    anchor.current = index;
    selection.value = next;
  };
  const selectAll = () => {
    import('./selection.js').then(({ allMatching }) => (selection.value = allMatching([...arrangement.order].map((row) => columns.id[row]), search)));
  };
  const toggleGroup = (group) => {
    const key = keyOf(query, group);
    prefer({ collapsed: collapsed.includes(key) ? collapsed.filter((other) => other !== key) : [...collapsed, key] });
  };
  const open = () => {
    const row = items[active];
    if (row === undefined) {
      return false;
    }
    row >= 0 ? go(`/services/${columns.id[row]}`) : toggleGroup(arrangement.groups[-1 - row]);
    return undefined;
  };
  const act = (name) => () => {
    if (active >= 0 && items[active] >= 0 && selection.value.size === 0) {
      selection.value = new Set([columns.id[items[active]]]);
    }
    import('./selection.js').then((module) => module.actions[name]?.(columns, selection));
  };
  useKeys({
    j: move(1),
    k: move(-1),
    ArrowDown: () => (document.activeElement?.closest('.viewport') ? move(1)() : false),
    ArrowUp: () => (document.activeElement?.closest('.viewport') ? move(-1)() : false),
    Home: () => (document.activeElement?.closest('.viewport') ? focus(0) : false),
    End: () => (document.activeElement?.closest('.viewport') ? focus(items.length - 1) : false),
    Enter: () => (document.activeElement?.matches('.row') ? open() : false),
    x: () => active >= 0 && select(active, false),
    'shift x': () => active >= 0 && select(active, true),
    'mod a': () => (document.activeElement?.closest('.viewport') ? selectAll() : false),
    Escape: () => (selection.value.size > 0 ? void (selection.value = new Set()) : false),
    c: act('check'),
    p: act('suspend'),
    y: act('copyYaml'),
  });
  const onVisible = useMemo(
    () => (first, last) => watch(items.slice(first, last).filter((row) => row >= 0).map((row) => columns.id[row])),
    [items, columns],
  );
  useEffect(() => () => watch([]), []);

  const isPart = columns.partial && !isServerMode.value; // the first rows only: they say nothing about the rest
  if (isPart && (isTiles || arrangement.groups.length > 0 || (items.length === 0 && columns.total > 0))) {
    return html`<${Skeleton} />`;
  }
  if (items.length === 0) {
    return html`<${Nothing} columns=${columns} />`;
  }
  if (isTiles) {
    return html`<${Lazy} from=${() => import('./tiles.js')} props=${{ columns, arrangement }} />`;
  }
  const isMade = columns.partial ? columns.total : items.length;
  const missing = strips.failure.value;
  return html`${missing && html`<${Failure} what=${t('cannotLoadBars')} error=${missing} retry=${() => strips.again()} />`}
  <div class=${`listing ${isStale() ? 'stale' : ''}`} onClick=${(event) => openRow(event)}>
    <${VirtualList} count=${items.length} rows=${isMade} rowHeight=${rowHeight} active=${active} role=${arrangement.groups.length > 0 ? 'treegrid' : 'grid'} label=${t('nav.services')} columns=${isNarrow ? 3 : 8} onVisible=${onVisible}
      onNearEnd=${isServerMode.value ? () => readOn(search) : undefined}
      header=${!isNarrow && html`<${Header} search=${search} query=${query} />`}
      render=${(index, style) => {
        const row = items[index];
        if (row < 0) {
          const group = arrangement.groups[-1 - row];
          return html`<${GroupRow} key=${`group ${group.name}`} group=${group} style=${style} index=${index} isOpen=${isOpen(group, query, collapsed)} isActive=${index === active || (active < 0 && index === 0)}
            onToggle=${() => toggleGroup(group)} onFocus=${setActive} />`;
        }
        return html`<${ServiceRow} key=${columns.id[row]} fleet=${columns} row=${row} index=${index} style=${style} strips=${isNarrow ? undefined : strips}
          isActive=${index === active || (active < 0 && index === 0)} isSelected=${selection.value.has(columns.id[row])} isNarrow=${isNarrow} onSelect=${select} onFocus=${setActive} />`;
      }} />
    ${isStale() && html`<p class="old">${t('oldData')}</p>`}
  </div>
  ${selection.value.size > 0 && html`<${Lazy} from=${() => import('./selection.js')} props=${{ columns, matching: arrangement, selection, search }} />`}`;
}

/** A click anywhere in a row that is not on something of its own opens the service. */
function openRow(event) {
  const row = event.target.closest('.row[data-id]');
  if (row && !event.target.closest('a, button, input') && getSelection().isCollapsed) {
    focused.id = Number(row.dataset.id);
    go(`/services/${row.dataset.id}`);
  } else if (row) {
    focused.id = Number(row.dataset.id);
  }
}

const SORTED = [['', 'check'], ['severity', 'state'], ['name', 'name'], ['', 'context'], ['', 'bars'], ['-p95', 'p95'], ['uptime24h', 'up'], ['', 'why']];

function Header({ search, query }) {
  const state = (sort) => (query.sort === sort ? (sort.startsWith('-') ? 'descending' : 'ascending') : query.sort === flipped(sort) ? (sort.startsWith('-') ? 'ascending' : 'descending') : 'none');
  const flipped = (sort) => (sort.startsWith('-') ? sort.slice(1) : `-${sort}`);
  const next = (sort) => (query.sort === sort && sort !== 'severity' ? flipped(sort) : sort);
  return html`<div class="row head" role="row" aria-rowindex="1">${SORTED.map(([sort, name]) =>
    sort
      ? html`<span role="columnheader" class=${name} aria-sort=${state(sort)}><button class="plain" onClick=${() => change(put(search, 'sort', next(sort) === 'severity' ? '' : next(sort)))}>${name === 'bars' ? t(`range.${query.bars}`) : t(`column.${name}`)}${state(sort) !== 'none' && html`<span aria-hidden="true">${state(sort) === 'ascending' ? '↑' : '↓'}</span>`}</button></span>`
      : html`<span role="columnheader" class=${name}>${name === 'bars' ? t(`range.${query.bars}`) : name === 'check' ? html`<span class="unseen">${t('column.check')}</span>` : t(`column.${name}`)}</span>`)}</div>`;
}

function Nothing({ columns }) {
  if (columns.total > 0) {
    return html`<${Empty} title=${t('noneMatch')}><p>${t('noneMatchText', { n: columns.total })}</p><button onClick=${() => change('')}>${t('clearFilters')}</button><//>`;
  }
  return html`<${Lazy} from=${() => import('./first-run.js')} />`;
}

function Skeleton() {
  return html`<div class="skeleton" aria-hidden="true">${Array.from({ length: 12 }, () => html`<div />`)}</div>`;
}

const ANNOUNCE_EVERY = 10_000;

/** Tells a screen reader when more is Down than before, at most every ten seconds; the title tells how many are, within a second. */
function Announcer() {
  const text = useSignal('');
  const said = useRef({ down: undefined, at: 0 });
  // an effect that waited for the paint would cost each change a second frame
  useEffect(() => effect(() => {
    const down = counts.value.Down ?? 0;
    const { down: before, at } = said.current;
    if (before !== undefined && down > before && Date.now() - at > ANNOUNCE_EVERY) {
      text.value = t('downNow', { n: down, time: clock(Date.now()) });
      said.current = { down, at: Date.now() };
    } else {
      said.current.down = down;
    }
  }), []);
  // with the clock, whose second is drawn anyway: a title costs half a millisecond
  useEffect(() => effect(() => {
    const down = second.value && (counts.peek().Down ?? 0);
    const title = `${down > 0 ? `(${down}) ` : ''}${t('nav.services')} · Health Checker`;
    if (document.title !== title) {
      document.title = title;
    }
  }), []);
  return html`<p class="unseen" role="status" aria-live="polite">${text}</p>`;
}
