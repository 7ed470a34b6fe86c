import { html } from '../kit.js';
import { put } from '../filter.js';
import { t } from '../i18n.js';
import { go } from '../router.js';

/** What the address asks for and nobody knows: it is said, and a click takes it away. @param {{search: string, known: Record<string, string[]>}} props what is known, by parameter */
export function Ignored({ search, known }) {
  const params = new URLSearchParams(search);
  const unknown = Object.keys(known).filter((name) => params.has(name) && !known[name].includes(params.get(name)));
  return unknown.length > 0 && html`<p class="buttons">${unknown.map((name) => html`<button class="chip ignored" key=${name} onClick=${() => go(location.pathname + put(search, name, ''))}>${t('ignored')} <s>${name}=${params.get(name)}</s> ×</button>`)}</p>`;
}
