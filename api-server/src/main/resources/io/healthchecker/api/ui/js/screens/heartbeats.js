import { html, useRef, useState } from '../kit.js';
import { inOneWord, SECONDS, Strip } from '../bars.js';
import { day, minute, now } from '../format.js';
import { t } from '../i18n.js';
import { go } from '../router.js';

/** "29 Mar", and where clocks change its hours: "29 Mar (23 h)". */
function inDays(from, to) {
  const hours = (to - from) / 3_600_000;
  return to === undefined || hours === 24 ? day(from) : `${day(from)} (${t('unit.h', { n: hours })})`;
}

/**
 * The strip of a service, bucket by bucket: by keys or pointer one is read out, Enter or a click shows its results.
 * @param {{letters?: string, range: string, starts?: string[], serviceId: number}} props starts: when each bucket began, where they are days
 */
export default function Heartbeats({ letters, range, starts, serviceId }) {
  const [at, setAt] = useState(-1);
  const root = useRef(null);
  if (!letters) {
    return html`<div class="heart-strip"><span class="strip empty" /><p class="heart-ends soft">\u00a0</p></div>`;
  }
  const n = letters.length;
  const each = (SECONDS[range] / n) * 1_000;
  const from = (i) => (starts ? (i < n ? new Date(starts[i]).getTime() : now.value) : now.value - (n - i) * each);
  const shown = range === '1h' || range === '24h' ? minute : (instant) => `${day(instant)} ${minute(instant)}`;
  const said = (i) => `${starts ? inDays(from(i), i + 1 < n ? from(i + 1) : undefined) : `${shown(from(i))}–${shown(from(i + 1))}`}: ${inOneWord(letters[i])}`;
  const open = () => at >= 0 && go(`/services/${serviceId}?tab=results&from=${new Date(from(at)).toISOString()}&to=${new Date(from(at + 1)).toISOString()}`);
  const onKey = (event) => {
    const start = at < 0 ? n - 1 : at;
    const next = { ArrowLeft: start - 1, ArrowRight: start + 1, Home: 0, End: n - 1, PageUp: start - 10, PageDown: start + 10 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      setAt(Math.max(0, Math.min(n - 1, next)));
    } else if (event.key === 'Enter') {
      open();
    }
  };
  const onMove = ({ clientX }) => {
    const { left, width } = root.current.getBoundingClientRect();
    setAt(Math.max(0, Math.min(n - 1, Math.floor(((clientX - left) / width) * n))));
  };
  const value = at < 0 ? n - 1 : at;
  return html`<div class="heart-strip">
    <div class="heart-track" ref=${root} role="slider" tabindex="0" aria-label=${t('heartbeats')} aria-valuemin="1" aria-valuemax=${n} aria-valuenow=${value + 1} aria-valuetext=${said(value)}
      onKeyDown=${onKey} onFocus=${() => at < 0 && setAt(n - 1)} onBlur=${() => setAt(-1)} onPointerMove=${onMove} onPointerLeave=${() => document.activeElement !== root.current && setAt(-1)} onClick=${open}>
      <${Strip} letters=${letters} range=${range} width=${900} height=${32} />
      ${at >= 0 && html`<span class="heart-cursor" style=${{ left: `${(at / n) * 100}%`, width: `${100 / n}%` }} />`}
    </div>
    <p class="heart-ends soft figures"><span>${t('ago', { age: t(`range.${range}`) })}</span><span>${at >= 0 ? said(at) : ''}</span><span>${t('now')}</span></p></div>`;
}
