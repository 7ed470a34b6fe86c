import { passes } from './filter.js';
import { sorted } from './fleet.js';
import { shown } from './states.js';

/**
 * What a filter makes of the fleet: rows in their order, groups where asked for, and counts. A snapshot: later events
 * change rows and counts, never the order.
 * @typedef {{name: string, rows: number[], counts: Record<string, number>, worst: string}} Group
 * @typedef {{order: Int32Array, counts: Record<string, number>, groups: Group[], total: number}} Arrangement
 */

/** @returns {Arrangement} */
export function arrange(fleet, query) {
  const rows = [];
  const counts = {};
  for (const row of sorted(fleet, query.sort)) {
    if (fleet.isGone(row) || !passes(query, fleet, row, 'state')) {
      continue;
    }
    const state = shown(fleet.state[row], fleet.flags[row]);
    counts[state] = (counts[state] ?? 0) + 1;
    if (query.states.every((test) => test(fleet, row))) {
      rows.push(row);
    }
  }
  const order = Int32Array.from(rows);
  return { order, counts, groups: query.by || query.view === 'groups' ? group(fleet, order, query.by || 'namespace') : [], total: rows.length };
}

const SEVERITY = ['Down', 'Degraded', 'Unknown', 'Maintenance', 'Suspended', 'Up'];

/** Groups by namespace or by the value of a label, the worst first. @returns {Group[]} */
export function group(fleet, order, by) {
  const key = by.startsWith('label:') ? by.slice(6) : undefined;
  const groups = new Map();
  for (const row of order) {
    const name = (key === undefined ? fleet.word('namespace', row) : fleet.label(row, key)) || '';
    if (!groups.has(name)) {
      groups.set(name, { name, rows: [], counts: {}, worst: 'Up' });
    }
    const found = groups.get(name);
    const state = shown(fleet.state[row], fleet.flags[row]);
    found.rows.push(row);
    found.counts[state] = (found.counts[state] ?? 0) + 1;
  }
  for (const found of groups.values()) {
    found.worst = SEVERITY.find((state) => found.counts[state]) ?? 'Up';
  }
  return [...groups.values()].sort((a, b) => SEVERITY.indexOf(a.worst) - SEVERITY.indexOf(b.worst) || (a.name < b.name ? -1 : 1));
}

/** How often each value of a facet occurs, counted with all filters but its own; the most frequent first. */
export function facet(fleet, query, name) {
  const counts = new Map();
  const add = (value) => value && counts.set(value, (counts.get(value) ?? 0) + 1);
  for (let row = 0; row < fleet.rows; row++) {
    if (fleet.isGone(row) || !passes(query, fleet, row, name)) {
      continue;
    }
    if (name === 'label') {
      fleet.labels[row].forEach(add);
    } else if (name === 'state') {
      add(shown(fleet.state[row], fleet.flags[row]));
    } else {
      fleet.word(name, row).split(',').forEach(add);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
