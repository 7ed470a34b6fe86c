import { html, useEffect, useLayoutEffect, useMemo, useRef, useState, style } from '../kit.js';
import { arrange } from '../arrange.js';
import { mayEdit } from '../api.js';
import { connection, heardAt } from '../feed.js';
import { clock, duration, second, skew, zoneName } from '../format.js';
import { parse } from '../filter.js';
import { t } from '../i18n.js';
import { failure, fleet, load, onChanges, reload } from '../live.js';
import { Failure } from '../overlay.js';
import { address } from '../router.js';
import { Glyph, SHOWN, shown } from '../states.js';

const SILENT_AFTER = 30_000;
const PAGE_EVERY = 15;
const AGAIN_AFTER = 15_000; // nobody may stand before it
const SETTLE = 1_000;

style('wall');

/** How many cards fit below each other and side by side, so that none is cut. */
function useFit(isShown) {
  const place = useRef(null);
  const [fit, setFit] = useState(1);
  useLayoutEffect(() => {
    const node = place.current;
    if (!node) {
      return undefined;
    }
    const measure = () => {
      const { gridTemplateColumns, rowGap } = getComputedStyle(node);
      const gap = parseFloat(rowGap) || 0;
      const height = node.firstElementChild?.offsetHeight ?? 0;
      const rows = height === 0 ? 1 : Math.max(1, Math.floor((node.clientHeight + gap) / (height + gap)));
      setFit(rows * gridTemplateColumns.split(' ').length);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    measure();
    return () => observer.disconnect();
  }, [isShown]);
  return [place, fit];
}

/** For a screen on a wall: what is not Up, large; the order re-sorts itself. */
export default function Wall() {
  const { search } = address.value;
  const query = useMemo(() => parse(search), [search]);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    load(search);
    let timer;
    const end = onChanges(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setTurn((before) => before + 1);
      }, SETTLE);
    });
    let lock;
    navigator.wakeLock?.request('screen').then((granted) => (lock = granted), () => {}); // refused where nobody looks
    return () => {
      clearTimeout(timer);
      end();
      lock?.release();
    };
  }, []);
  useEffect(() => {
    const timer = failure.value && setTimeout(reload, AGAIN_AFTER);
    return () => clearTimeout(timer);
  }, [failure.value]);
  const columns = fleet.value;
  const arrangement = useMemo(() => (columns ? arrange(columns, query) : undefined), [columns, query, turn]);
  const bad = arrangement ? [...arrangement.order].filter((row) => !['Up', 'Suspended'].includes(shown(columns.state[row], columns.flags[row]))) : [];
  const [place, fit] = useFit(bad.length > 0);
  const age = second.value - skew.value - heardAt.value;
  if (heardAt.value > 0 && age > SILENT_AFTER) {
    return html`<main id="main" class="wall silent"><h1>${t('wall.silent', { time: clock(heardAt.value) })}</h1></main>`;
  }
  const failed = failure.value && html`<${Failure} what=${t('cannotLoadServices')} error=${failure.value} retry=${reload} />`;
  if (failed && !arrangement) {
    return html`<main id="main" class="wall silent"><h1>${t('wall.closed')}</h1>${failed}</main>`;
  }
  if (!arrangement) {
    return html`<main id="main" class="wall" aria-busy="true" />`;
  }
  const pages = Math.max(1, Math.ceil(bad.length / fit));
  const page = Math.floor(second.value / 1_000 / PAGE_EVERY) % pages;
  return html`<main id="main" class="wall"><h1 class="unseen">${t('nav.wall')}</h1>
    <header><ul class="wall-counts">${!columns.partial && SHOWN.map((state) => (arrangement.counts[state] ?? 0) > 0 && html`<li class=${`w-${state}`}><${Glyph} state=${state} /><span class="figures">${t('count', { n: arrangement.counts[state] })}</span><span class="unseen">${t(`state.${state}`)}</span></li>`)}</ul>
      <span class="grow" /><span class="figures">${clock(second.value)} ${zoneName()}</span>
      <span class=${`wall-live ${connection.value.kind}`}><span class="dot" aria-hidden="true" /> ${t(connection.value.kind === 'live' ? 'wall.live' : 'feed.connecting', { age: duration(age / 1_000) })}</span>${failed}</header>
    ${bad.length === 0 ? !columns.partial && html`<${Well} n=${arrangement.total} />` : html`<div class="wall-cards" ref=${place}>${bad.slice(page * fit, (page + 1) * fit).map((row) => {
      const state = shown(columns.state[row], columns.flags[row]);
      return html`<article key=${columns.id[row]} class=${`wall-card t-${state}`}><h2><${Glyph} state=${state} /><span class="clip">${columns.name[row]}</span></h2>
        <p class="clip"><strong class="figures">${duration(second.value / 1_000 - columns.since[row])}</strong> ${columns.why[row]}</p></article>`;
    })}</div>`}
    ${pages > 1 && html`<p class="soft">${t('wall.page', { page: page + 1, pages })}</p>`}
  </main>`;
}

/** Nothing is bad; or nothing is there, which whoever may can change. */
function Well({ n }) {
  return n > 0
    ? html`<p class="wall-well"><${Glyph} state="Up" />${t('wall.allUp', { n })}</p>`
    : html`<div class="wall-well nothing"><h2>${t('first.title')}</h2>${mayEdit() && html`<a class="button primary" href="/services/new">${t('newService')}</a>`}</div>`;
}
