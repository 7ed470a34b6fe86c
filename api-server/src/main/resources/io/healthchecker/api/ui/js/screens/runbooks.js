import { assets, html, useEffect, useLoad } from '../kit.js';
import { speak, t } from '../i18n.js';
import { Failure } from '../overlay.js';
import { address } from '../router.js';

await speak('system');

/** What to do about each figure of the system, as docs/operations says it; the address names the section. */
export default function Runbooks() {
  const text = useLoad(() => read(`${assets}runbooks.md`), []);
  const { hash } = address.value;
  useEffect(() => {
    const section = hash && document.getElementById(hash.slice(1));
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  }, [hash, text.value]);
  return html`<main id="main" class="page runbooks" tabindex="-1"><header><h1>${t('system.runbooks')}</h1><span class="grow" /><a class="button" href="/admin/system">${t('nav.system')}</a></header>
    ${text.error && html`<${Failure} what=${t('system.cannotLoadRunbooks')} error=${text.error} retry=${text.again} />`}
    ${text.value && html`<div lang="en">${sections(text.value).map(({ title, blocks }) => html`<section class="panel" aria-labelledby=${idOf(title)}><h2 id=${idOf(title)} tabindex="-1">${title}</h2><div class="panel-body">${blocks.map(block)}</div></section>`)}</div>`}
  </main>`;
}

async function read(file) {
  const answer = await fetch(file);
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  return answer.text();
}

/** As the places where the documentation is shown otherwise name it. */
const idOf = (title) => title.toLowerCase().replaceAll(' ', '-');

/** What is below each heading of the second level, in blocks. */
function sections(markdown) {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title, ...blocks] = section.trim().split(/\n\n+/);
      return { title, blocks };
    });
}

function block(text) {
  return html`${text.split(/^- /m).map((part, i) => (i === 0 ? part.trim() && html`<p>${inline(part)}</p>` : html`<p class="step">${inline(part)}</p>`))}`;
}

/** Strong words and code; all else is text. */
const inline = (text) => text.trim().split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => (part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : part.startsWith('`') ? html`<code>${part.slice(1, -1)}</code>` : part));
