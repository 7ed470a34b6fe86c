import { assets, html, useEffect, useRef } from './kit.js';
import { latency, moment, zone } from './format.js';
import { number, region, t } from './i18n.js';
import { PHASES } from './phases.js';
import { prefs } from './prefs.js';
import uPlot from './vendor/uplot.js';

const DASHES = { p50: [], p95: [6, 3], p99: [2, 3] };
const HEIGHT = 260;
const SLIP = 6; // pixels

const styleSheet = document.createElement('link');
styleSheet.rel = 'stylesheet';
styleSheet.href = `${assets}js/vendor/uplot.css`;
document.head.append(styleSheet);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A colour of the theme, as canvas understands it. */
function resolved(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Sums of the phases up to each, so that areas stand on each other; null where nothing was measured. */
function stacked(series) {
  let below = series.t.map(() => 0);
  return PHASES.map((phase) => {
    const values = series[phase] ?? [];
    below = below.map((sum, i) => (values[i] === null || values[i] === undefined ? (series.p50[i] === null ? null : sum) : (sum ?? 0) + values[i]));
    return below;
  });
}

/** Shades the buckets in which results were Down: a gap with a hatch, never a spike. */
function shadeDown(series, fill) {
  return (plot) => {
    const { ctx } = plot;
    const { left, top, width, height } = plot.bbox;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    ctx.globalAlpha = 0.22;
    ctx.fillStyle = fill;
    series.t.forEach((at, i) => {
      if (series.down[i] > 0) {
        const x = plot.valToPos(at, 'x', true);
        const w = Math.max(2, plot.valToPos(at + series.stepSeconds, 'x', true) - x);
        ctx.fillRect(x, top, w, height);
        ctx.fillRect(x, top, w, 3);
      }
    });
    ctx.restore();
  };
}

/** Where a line has no neighbour to be drawn to: there it is a point. */
function alone(plot, which) {
  const values = plot.data[which];
  const isGap = (i) => values[i] === null || values[i] === undefined;
  return [...values.keys()].filter((i) => !isGap(i) && isGap(i - 1) && isGap(i + 1));
}

function options(series, service, width, onCursor, onZoom) {
  const [text, line] = ['--text-3', '--hairline'].map(resolved);
  const fills = PHASES.map((phase) => resolved(`--phase-${phase}`));
  const ink = resolved('--text');
  const surface = resolved('--surface');
  const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 }, font: '12px system-ui, sans-serif' };
  return {
    width,
    height: HEIGHT,
    tzDate: (at) => (zone.value ? uPlot.tzDate(new Date(at * 1_000), zone.value) : new Date(at * 1_000)),
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: true, range: (_, min, max) => [min, max >= series.t.at(-1) ? series.t.at(-1) + series.stepSeconds : max] }, y: { range: (_, __, max) => [0, Math.max(1, (max ?? 1) * 1.08, 0)] } },
    axes: [
      { ...axis, values: (_, ticks, ___, ____, step) => ticks.map((at) => new Intl.DateTimeFormat(region.value, { timeZone: zone.value, hourCycle: 'h23', ...(step >= 86_400 ? { month: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit' }) }).format(at * 1_000)) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map((value) => (value === 0 ? '0' : value < 1 ? t('unit.ms', { n: number(value, { maximumFractionDigits: 2 }) }) : latency(value))) },
    ],
    series: [
      {},
      // the highest sum is painted first, the lower ones over it
      ...PHASES.map((phase, i) => ({ label: phase, fill: fills[i], stroke: surface, width: 1, points: { show: false } })).reverse(),
      ...Object.entries(DASHES).map(([name, dash]) => ({ label: name, stroke: ink, width: name === 'p50' ? 1.5 : 1.25, dash, points: { show: true, size: 5, fill: ink, filter: alone } })),
    ],
    hooks: {
      drawClear: [shadeDown(series, resolved('--fill-Down'))],
      draw: [threshold(service, resolved('--word-Degraded'))],
      setCursor: [(plot) => onCursor(plot.cursor.idx)],
      setSelect: [(plot) => zoomTo(plot, onZoom)],
    },
  };
}

/** What was dragged over is looked at; a click that slipped is not. */
function zoomTo(plot, onZoom) {
  const { left, width } = plot.select;
  if (width > SLIP) {
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    onZoom({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
  }
}

/** The service's own threshold, where it has one and it is in sight. */
function threshold(service, stroke) {
  return (plot) => {
    const at = service.degradedAfterMillis;
    if (!at || at > plot.scales.y.max) {
      return;
    }
    const { ctx } = plot;
    const { left, width } = plot.bbox;
    const y = plot.valToPos(at, 'y', true);
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.fillStyle = stroke;
    ctx.setLineDash([8, 4]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.restore();
  };
}

/** One sentence about a chart, for those who do not see it. */
function summary(series) {
  const measured = series.p95.filter((value) => value !== null);
  const failures = series.down.reduce((sum, n) => sum + n, 0);
  return measured.length === 0
    ? t('chart.nothing')
    : t('chart.summary', { low: latency(Math.min(...measured)), high: latency(Math.max(...measured)), results: series.count.reduce((sum, n) => sum + n, 0), failures });
}

/**
 * Latency: phases stacked, percentiles as lines, failures shaded.
 * @param {{series: any, service: any, onZoom: (part: {from: number, to: number}) => void}} props onZoom: epoch seconds
 */
export default function Chart({ series, service, onZoom }) {
  const zoom = useRef(onZoom);
  zoom.current = onZoom; // of the last render: the range may have moved on
  const space = useRef(null);
  const readout = useRef(null);
  const theme = prefs.value.theme;
  useEffect(() => {
    const show = (i) => (readout.current.textContent = i === null || i === undefined ? '' : reading(series, i));
    const node = space.current;
    const sums = stacked(series);
    const plot = new uPlot(options(series, service, node.clientWidth, show, (part) => zoom.current(part)), [series.t, ...sums.toReversed(), series.p50, series.p95, series.p99], node);
    const observer = new ResizeObserver(() => plot.setSize({ width: node.clientWidth, height: HEIGHT }));
    observer.observe(node);
    const onKey = (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) {
        event.preventDefault();
        const at = Math.max(0, Math.min(series.t.length - 1, (plot.cursor.idx ?? series.t.length) + by));
        plot.setCursor({ left: plot.valToPos(series.t[at], 'x'), top: 1 });
      }
    };
    node.addEventListener('keydown', onKey);
    return () => {
      observer.disconnect();
      node.removeEventListener('keydown', onKey);
      plot.destroy();
    };
  }, [series, theme, colour('--canvas'), zone.value, matchMedia('(prefers-color-scheme: dark)').matches]);
  return html`<figure class="chart">
    <div class="chart-space" ref=${space} tabindex="0" role="img" aria-label=${summary(series)} />
    <figcaption><ul class="legend">${PHASES.map((phase) => html`<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" class=${`phase-${phase}`} /></svg>${t(`phase.${phase}`)}</li>`)}
      ${Object.entries(DASHES).map(([name, dash]) => html`<li><svg viewBox="0 0 24 12" class="wide" aria-hidden="true"><path d="M0 6H24" class="line" stroke-dasharray=${dash.join(' ')} /></svg>${name}</li>`)}</ul>
      <output class="figures readout" ref=${readout} /></figcaption>
  </figure>`;
}

function reading(series, i) {
  const at = moment(series.t[i] * 1_000);
  if (series.count[i] === 0) {
    return `${at} · ${t('noData')}`;
  }
  const figures = ['p50', 'p95', 'p99'].map((name) => `${name} ${latency(series[name][i])}`);
  return [at, ...figures, series.down[i] > 0 ? t('chart.failures', { n: series.down[i] }) : ''].filter(Boolean).join(' · ');
}
