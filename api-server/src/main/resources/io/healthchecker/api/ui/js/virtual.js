import { html, useEffect, useLayoutEffect, useRef, useState } from './kit.js';
import { keep, kept } from './router.js';

const OVERSCAN = 3;
const MOST = 52; // rows in the page, however high the screen

/**
 * A list of which only what is seen is in the page. Rows have one height and stand by transform, so that nothing shifts.
 * @param {{count: number, rowHeight: number, render: (index: number, style: object) => unknown, active?: number,
 *   label: string, rows?: number, columns?: number, onVisible?: (first: number, last: number) => void, header?: unknown,
 *   role?: string, onNearEnd?: () => void}} props
 */
export function VirtualList({ count, rowHeight, render, active = -1, label, rows = count, columns, onVisible, onNearEnd, header, role = 'grid' }) {
  const viewport = useRef(null);
  const [window_, setWindow] = useState({ first: 0, last: 30 });

  const measure = () => {
    const { scrollTop, clientHeight } = viewport.current;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
    const last = Math.min(first + MOST, Math.ceil((scrollTop + clientHeight) / rowHeight) + OVERSCAN);
    setWindow((before) => (before.first === first && before.last === last ? before : { first, last }));
  };

  useLayoutEffect(() => {
    const node = viewport.current;
    node.scrollTop = kept() ?? 0;
    measure();
    let frame = 0;
    const onScroll = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        measure();
        keep(node.scrollTop);
      });
    };
    node.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => {
      cancelAnimationFrame(frame);
      node.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [rowHeight]);

  useLayoutEffect(() => {
    if (active < 0) {
      return;
    }
    const node = viewport.current;
    const top = active * rowHeight;
    if (top < node.scrollTop) {
      node.scrollTop = top;
    } else if (top + rowHeight > node.scrollTop + node.clientHeight) {
      node.scrollTop = top + rowHeight - node.clientHeight;
    }
    measure();
  }, [active]);

  const first = Math.min(window_.first, Math.max(0, count - 1));
  const last = Math.min(count, window_.last);
  useEffect(() => {
    onVisible?.(first, last);
    if (last >= count - OVERSCAN) {
      onNearEnd?.();
    }
  }, [first, last, count, onVisible]);

  const shown = [];
  for (let i = first; i < last; i++) {
    shown.push(i);
  }
  if (active >= 0 && active < count && (active < first || active >= last)) {
    shown.push(active); // what has the focus stays
  }
  return html`<div class="viewport" ref=${viewport} role=${role} aria-label=${label} aria-rowcount=${rows + 1} aria-colcount=${columns} tabindex=${count === 0 ? 0 : -1}>
    ${header}
    <div class="canvas" role="rowgroup" style=${{ height: `${count * rowHeight}px` }}>
      ${shown.map((index) => render(index, { transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }))}
    </div>
  </div>`;
}
