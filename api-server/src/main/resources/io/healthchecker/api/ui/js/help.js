import { html, style, useState } from './kit.js';
import { t } from './i18n.js';
import { fleet } from './live.js';
import { Dialog } from './overlay.js';
import { go } from './router.js';
import { Glyph, shown } from './states.js';

await style('help');

const KEYS = {
  everywhere: [['/', 'search'], ['?', 'help'], ['Ctrl K', 'palette'], ['g  s i p a h w', 'go'], ['z', 'zone'], ['t', 'theme'], ['d', 'density'], ['Esc', 'back']],
  list: [['j k ↓ ↑', 'rows'], ['Enter', 'open'], ['x  Shift x', 'select'], ['Ctrl a', 'all'], ['c', 'check'], ['p', 'suspend'], ['y', 'yaml'], ['.', 'resort']],
  service: [['1 … 4', 'tabs'], ['n N', 'failures'], ['[ ]', 'pan'], ['+ - 0', 'zoom'], ['a', 'acknowledge'], ['c', 'check'], ['p', 'suspend'], ['y', 'yaml']],
};

export function KeyHelp({ onClose }) {
  return html`<${Dialog} title=${t('help.title')} onClose=${onClose} wide><div class="keys">
    ${Object.entries(KEYS).map(([where, keys]) => html`<section><h3>${t(`help.${where}`)}</h3><dl>${keys.map(([key, name]) => html`<div><dt>${key.split(/ +/).map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${t(`key.${name}`)}</dd></div>`)}</dl></section>`)}
    </div><p class="soft">${t('help.off')}</p><//>`;
}

const PAGES = [['services', '/services'], ['incidents', '/incidents'], ['statusPages', '/status-pages'], ['members', '/admin/members'], ['tokens', '/admin/tokens'], ['audit', '/admin/audit'], ['system', '/admin/system'], ['wall', '/wall']];
const MOST = 12;

function find(text) {
  const wanted = text.trim().toLowerCase();
  const pages = PAGES.map(([name, path]) => ({ path, name: t(`nav.${name}`) })).filter(({ name }) => name.toLowerCase().includes(wanted));
  const columns = fleet.value;
  const services = [];
  for (let row = 0; wanted && columns && row < columns.rows && services.length < MOST; row++) {
    if (!columns.isGone(row) && columns.text(row).includes(wanted)) {
      services.push({ path: `/services/${columns.id[row]}`, name: columns.name[row], state: shown(columns.state[row], columns.flags[row]) });
    }
  }
  return [...services, ...pages].slice(0, MOST);
}

/** Goes to any service or page by some letters of its name. */
export function Palette({ onClose }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = find(text);
  const open = (item) => {
    onClose();
    go(item.path);
  };
  const onKey = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((found.length + at + (event.key === 'ArrowDown' ? 1 : -1)) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && found[at]) {
      event.preventDefault();
      open(found[at]);
    }
  };
  return html`<${Dialog} title=${t('palette.title')} onClose=${onClose}>
    <input type="search" role="combobox" autofocus aria-expanded="true" aria-controls="palette" aria-activedescendant=${found[at] ? `palette-${at}` : undefined} aria-label=${t('palette.find')} placeholder=${t('palette.find')}
      value=${text} onInput=${(event) => { setText(event.target.value); setAt(0); }} onKeyDown=${onKey} />
    <div id="palette" role="listbox" class="palette" aria-label=${t('palette.title')}>${found.map((item, i) => html`<div role="option" id=${`palette-${i}`} aria-selected=${String(i === at)} onClick=${() => open(item)}>
      ${item.state ? html`<${Glyph} state=${item.state} />` : html`<span class="soft" aria-hidden="true">→</span>`}<span class="clip">${item.name}</span></div>`)}
      ${found.length === 0 && html`<p class="soft">${t('palette.none')}</p>`}</div>
  <//>`;
}
