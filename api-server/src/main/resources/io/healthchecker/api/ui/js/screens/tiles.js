import { html, style } from '../kit.js';
import { duration, now } from '../format.js';
import { t } from '../i18n.js';
import { version } from '../live.js';
import { Glyph, shown } from '../states.js';

await style('tiles');

const MOST_CARDS = 150;
const MOST_DOTS = 700;

function Card({ columns, row }) {
  version(columns.id[row]).value; // follows
  const state = shown(columns.state[row], columns.flags[row]);
  return html`<a class="tile-card t-${state}" href=${`/services/${columns.id[row]}`}><${Glyph} state=${state} />
    <span class="name clip">${columns.name[row]}</span><span class="figures">${duration(now.value / 1_000 - columns.since[row])}</span>
    <small class="clip">${columns.why[row]}</small></a>`;
}

/** What is not Up as cards, what is Up as small tiles with the name on focus. @param {{columns: import('../fleet.js').Fleet, arrangement: import('../arrange.js').Arrangement}} props */
export default function Tiles({ columns, arrangement }) {
  const rows = [...arrangement.order];
  const up = rows.filter((row) => shown(columns.state[row], columns.flags[row]) === 'Up');
  const other = rows.filter((row) => shown(columns.state[row], columns.flags[row]) !== 'Up');
  return html`<div class="tiles">
    <div class="tile-cards">${other.slice(0, MOST_CARDS).map((row) => html`<${Card} key=${columns.id[row]} columns=${columns} row=${row} />`)}</div>
    ${other.length > MOST_CARDS && html`<p><a href="/services?state=-Up">${t('facet.more', { n: other.length - MOST_CARDS })}</a></p>`}
    ${up.length > 0 && html`<h2>${t('tiles.up', { n: up.length })}</h2>
      <div class="dots">${up.slice(0, MOST_DOTS).map((row) => html`<a key=${columns.id[row]} href=${`/services/${columns.id[row]}`} title=${columns.name[row]} aria-label=${`${columns.name[row]}, ${t('state.Up')}`} />`)}</div>
      ${up.length > MOST_DOTS && html`<p class="soft">${t('facet.more', { n: up.length - MOST_DOTS })}</p>`}`}
  </div>`;
}
