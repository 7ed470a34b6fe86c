import { html, useState } from './kit.js';
import { minute } from './format.js';
import { speak, t } from './i18n.js';

await speak('system');

const HEIGHT = 36;
const ROWS = 12; // of the table: five minutes each

const known = (values) => values.filter((value) => value !== null);

/** From the least to the most of the values; undefined where nothing was seen. */
function extent({ least, most }) {
  return known(most).length === 0 ? undefined : { least: Math.min(...known(least)), most: Math.max(...known(most)) };
}

/** An area from the least to the most of each step, in steps; where nothing was seen there is nothing. */
export function area({ least, most }, top, height = HEIGHT) {
  const y = (value) => +(height - 1 - (value / top) * (height - 2)).toFixed(2);
  let path = '';
  for (let from = 0; from < most.length; from++) {
    if (most[from] === null) {
      continue;
    }
    let to = from;
    while (to + 1 < most.length && most[to + 1] !== null) {
      to++;
    }
    path += `M${from} ${y(most[from])}`;
    for (let i = from; i <= to; i++) {
      path += `V${y(most[i])}H${i + 1}`;
    }
    for (let i = to; i >= from; i--) {
      path += `V${y(least[i])}H${i}`;
    }
    path += 'Z';
    from = to;
  }
  return path;
}

/** Up to where it is drawn: begins at 0, with the threshold where a figure comes near it. */
function topOf({ most }, threshold) {
  const near = threshold?.atMost < 4 * most ? threshold.atMost : 0;
  return Math.max(most, near, threshold?.atLeast ?? 0) || 1;
}

/**
 * A figure's last hour, small, with its extremes in words and a table of the same.
 * @param {{name: string, series?: {least: (number|null)[], most: (number|null)[]}, from?: string, stepSeconds?: number,
 *   threshold?: {atMost?: number, atLeast?: number}, show: (value: number) => string}} props
 */
export function Spark({ name, series, from, stepSeconds, threshold, show }) {
  const [isOpen, setOpen] = useState(false);
  if (!series) {
    return html`<svg class="spark" aria-hidden="true" viewBox=${`0 0 360 ${HEIGHT}`} />`;
  }
  const found = extent(series);
  const top = found ? topOf(found, threshold) : 1;
  const limit = threshold?.atMost ?? threshold?.atLeast;
  const y = HEIGHT - 1 - (limit / top) * (HEIGHT - 2);
  return html`<svg class="spark" aria-hidden="true" viewBox=${`0 0 ${series.most.length} ${HEIGHT}`} preserveAspectRatio="none">
      <path class="base" d=${`M0 ${HEIGHT - 0.5}H${series.most.length}`} />
      ${limit > 0 && limit <= top && html`<path class="limit" d=${`M0 ${y}H${series.most.length}`} />`}
      ${found && html`<path class="seen" d=${area(series, top)} />`}
    </svg>
    <small class="soft">${found ? t('system.lastHour', { least: show(found.least), most: show(found.most) }) : t('system.lastHourNothing')}</small>
    <details onToggle=${(event) => setOpen(event.currentTarget.open)}><summary aria-label=${t('system.hourTableOf', { figure: name })}>${t('system.hourTable')}</summary>
      ${isOpen && html`<table><thead><tr><th>${t('system.from')}</th><th class="number">${t('system.least')}</th><th class="number">${t('system.most')}</th></tr></thead>
        <tbody>${rows(series, new Date(from).getTime(), stepSeconds).map((row) => html`<tr><td><time datetime=${row.at}>${minute(row.at)}</time></td>
          ${row.found ? html`<td class="number">${show(row.found.least)}</td><td class="number">${show(row.found.most)}</td>` : html`<td class="number soft" colspan="2">${t('noData')}</td>`}</tr>`)}</tbody></table>`}
    </details>`;
}

function rows({ least, most }, from, stepSeconds) {
  const each = Math.ceil(most.length / ROWS);
  return Array.from({ length: ROWS }, (_, i) => {
    const part = [i * each, (i + 1) * each];
    return { at: new Date(from + i * each * stepSeconds * 1_000).toISOString(), found: extent({ least: least.slice(...part), most: most.slice(...part) }) };
  });
}
