import { html, useDerived } from '../kit.js';
import { Strip } from '../bars.js';
import { duration, latency, micros, now, percent } from '../format.js';
import { t } from '../i18n.js';
import { version } from '../live.js';
import { FLAG, Glyph, LiveGlyph, shown } from '../states.js';

const SAID = ['failing', 'partial', 'flapping', 'late', 'acknowledged'];
const HEALTHY = new Set(['Up', 'Suspended']);

/** What a row says of its service, as a signal that every event of the service makes look again. */
function useFollowed(fleet, row, read) {
  const seen = version(fleet.id[row]);
  return useDerived(() => (seen.value, read()), [fleet, row, seen]);
}

/** State, how long, and what is to be known beside it. */
function StateCell({ fleet, row }) {
  const state = useFollowed(fleet, row, () => shown(fleet.state[row], fleet.flags[row]));
  const word = useDerived(() => t(`state.${state.value}`), [state]);
  const since = useFollowed(fleet, row, () => (HEALTHY.has(state.value) ? '' : duration(now.value / 1_000 - fleet.since[row])));
  return html`<${LiveGlyph} state=${state} /><span class=${useDerived(() => `word w-${state.value}`, [state])}>${word}</span>
    <span class="since figures">${since}</span><${Flags} fleet=${fleet} row=${row} />`;
}

function Flags({ fleet, row }) {
  const bits = useFollowed(fleet, row, () => fleet.flags[row]).value;
  return SAID.filter((flag) => bits & FLAG[flag]).map((flag) => html`<span class="flag">${(flag === 'failing' && fleet.failing[row]) || t(`flag.${flag}`)}</span>`);
}

/** Why it is in its state; of what is well, how the last check went. */
function why(fleet, row) {
  const state = shown(fleet.state[row], fleet.flags[row]);
  if (state !== 'Up') {
    return fleet.why[row] || t('noResultYet');
  }
  const last = fleet.last[row];
  return last ? t('lastCheck', { latency: micros(last.latencyMicros) }) : '';
}

function WhyCell({ fleet, row, isNarrow }) {
  const title = useFollowed(fleet, row, () => fleet.why[row]);
  const text = useFollowed(fleet, row, () => why(fleet, row) || (isNarrow ? fleet.address[row] : ''));
  return html`<span role="gridcell" class="why clip" title=${title}>${text}</span>`;
}

function BarsCell({ strips, id }) {
  return html`<${Strip} letters=${strips.of(id).value} range=${strips.range} />`;
}

const SOURCE = { kubernetes: '⎈ k8s', file: '▤ file' };
const MOST_LABELS = 2;

function Context({ fleet, row }) {
  const labels = fleet.labels[row].filter((label) => !label.startsWith('app.kubernetes.io/'));
  const parts = [fleet.word('namespace', row), ...labels.slice(0, MOST_LABELS)].filter(Boolean);
  return html`<span class="clip">${parts.join(' · ')}${labels.length > MOST_LABELS ? ` +${labels.length - MOST_LABELS}` : ''}</span>
    ${SOURCE[fleet.word('source', row)] && html`<span class="source">${SOURCE[fleet.word('source', row)]}</span>`}`;
}

/**
 * One service in the list. Its texts follow the signal of the service by themselves: an event changes these alone. The
 * row is drawn anew where its definition changed (its labels are then others) or where it is gone.
 * @param {{fleet: import('../fleet.js').Fleet, row: number, index: number, style: object, strips: import('../bars.js').Strips,
 *   isActive: boolean, isSelected: boolean, isNarrow: boolean, onSelect: (index: number, isRange: boolean) => void,
 *   onFocus: (index: number) => void}} props
 */
export function ServiceRow({ fleet, row, index, style, strips, isActive, isSelected, isNarrow, onSelect, onFocus }) {
  const id = fleet.id[row];
  const isGone = useFollowed(fleet, row, () => fleet.isGone(row) || fleet.labels[row]).value === true;
  const uptime = fleet.up24[row];
  const coverage = fleet.cov24[row];
  const common = {
    role: 'row',
    style,
    id: `service-${id}`,
    'data-id': id,
    'aria-rowindex': index + 2,
    'aria-selected': String(isSelected),
    tabindex: isActive ? 0 : -1,
    onFocus: () => onFocus(index),
  };
  if (isGone) {
    return html`<div ...${common} class="row gone"><span role="gridcell" class="name">${fleet.name[row]}</span><span role="gridcell" class="why">${t('removed')}</span></div>`;
  }
  if (isNarrow) {
    return html`<div ...${common} class="row two-lines">
      <span role="gridcell" class="name"><a href=${`/services/${id}`} tabindex="-1">${fleet.name[row]}</a></span>
      <span role="gridcell" class="state"><${StateCell} fleet=${fleet} row=${row} /></span>
      <${WhyCell} fleet=${fleet} row=${row} isNarrow />
    </div>`;
  }
  return html`<div ...${common} class="row">
    <span role="gridcell" class="check"><input type="checkbox" tabindex="-1" checked=${isSelected} aria-label=${t('selectService', { name: fleet.name[row] })}
      onClick=${(event) => onSelect(index, event.shiftKey)} /></span>
    <span role="gridcell" class="state"><${StateCell} fleet=${fleet} row=${row} /></span>
    <span role="gridcell" class="name"><a href=${`/services/${id}`} tabindex="-1" title=${fleet.address[row]}>${fleet.name[row]}</a></span>
    <span role="gridcell" class="context"><${Context} fleet=${fleet} row=${row} /></span>
    <span role="gridcell" class="bars">${strips && html`<${BarsCell} strips=${strips} id=${id} />`}</span>
    <span role="gridcell" class="p95 figures">${latency(fleet.p95[row])}</span>
    <span role="gridcell" class="up figures">${Number.isNaN(uptime) ? html`<span class="soft">${t('noData')}</span>` : percent(uptime)}
      ${coverage < 99.5 && html`<small class="soft"> · ${percent(coverage)}</small>`}</span>
    <${WhyCell} fleet=${fleet} row=${row} />
  </div>`;
}

/** What a group of services comes to: the worst state and the counts. */
export function GroupRow({ group, style, isOpen, index, isActive, onToggle, onFocus }) {
  return html`<div role="row" class="row group" style=${style} aria-rowindex=${index + 2} aria-expanded=${String(isOpen)} data-group=${group.name}
    tabindex=${isActive ? 0 : -1} onClick=${onToggle} onFocus=${() => onFocus(index)}>
    <span role="gridcell" class="twist" aria-hidden="true">${isOpen ? '▾' : '▸'}</span>
    <span role="gridcell" class="name">${group.name || t('noGroup')} <small class="soft">${t('count', { n: group.rows.length })}</small></span>
    <span role="gridcell" class="tally">${['Down', 'Degraded', 'Unknown', 'Maintenance', 'Suspended', 'Up'].filter((state) => group.counts[state]).map((state) => html`
      <span class="tally-item" title=${t(`state.${state}`)}><${Glyph} state=${state} /><span class="figures">${t('count', { n: group.counts[state] })}</span><span class="unseen">${t(`state.${state}`)}</span></span>`)}</span>
  </div>`;
}

