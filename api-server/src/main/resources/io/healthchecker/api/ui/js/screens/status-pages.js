import { html, useEffect, useLoad, useState } from '../kit.js';
import { get, mayAdminister, mayEdit, post, send } from '../api.js';
import { t } from '../i18n.js';
import { load, fleet } from '../live.js';
import { copy, Dialog, Empty, Failure, tell, tellError } from '../overlay.js';
import { go } from '../router.js';

/** The pages that a team shows to others, and the editor of one. @param {{id?: string}} props */
export default function StatusPages({ id }) {
  return id ? html`<${Editor} key=${id} id=${id} />` : html`<${List} />`;
}

function List() {
  const { value, error, again } = useLoad(() => get('/status-pages'), []);
  return html`<main id="main" class="page" tabindex="-1"><header><h1>${t('nav.statusPages')}</h1><span class="grow" />${mayEdit() && html`<a class="button primary" href="/status-pages/new">${t('newPage')}</a>`}</header>
    ${error && html`<${Failure} what=${t('cannotLoadPages')} error=${error} retry=${again} />`}
    ${value && (value.items.length === 0 ? html`<section class="panel"><${Empty} title=${t('noPages')}><p>${t('noPagesText')}</p>${mayEdit() && html`<a class="button" href="/status-pages/new">${t('newPage')}</a>`}<//></section>` : html`<section class="panel scroll-x"><table><thead><tr><th>${t('page.title')}</th><th>${t('page.address')}</th><th>${t('column.state')}</th><th class="number">${t('page.components')}</th></tr></thead>
      <tbody>${value.items.map((page) => html`<tr key=${page.id}><td><a href=${`/status-pages/${page.id}/edit`}>${page.title}</a></td><td>${page.published && page.visibility !== 'link' ? html`<a href=${`/status/${page.slug}`}>/status/${page.slug}</a>` : html`<span class="soft">/status/${page.slug}</span>`}</td><td>${t(stateOf(page))}</td><td class="number">${t('count', { n: (page.sections ?? []).reduce((n, section) => n + (section.components?.length ?? 0), 0) })}</td></tr>`)}</tbody></table></section>`)}
  </main>`;
}

const stateOf = ({ published, visibility }) => (published ? (visibility === 'link' ? 'page.publishedByLink' : 'page.published') : 'page.draft');

const NEW = { slug: '', title: '', published: false, badges: true, embedOrigins: [], sections: [{ title: '', components: [] }] };

function Editor({ id }) {
  const isNew = id === 'new';
  const loaded = useLoad(() => (isNew ? Promise.resolve(NEW) : get(`/status-pages/${id}`)), [id]);
  if (loaded.error) {
    return html`<main id="main" class="page"><${Failure} what=${t('cannotLoadPages')} error=${loaded.error} retry=${loaded.again} /></main>`;
  }
  return loaded.value ? html`<${Form} id=${isNew ? undefined : id} start=${loaded.value} />` : html`<main id="main" class="page" aria-busy="true" />`;
}

const THEMES = ['system', 'light', 'dark'];
const ACCENTS = [['accent', '#1557b0'], ['accentDark', '#8ab4ff']];
const VISIBILITIES = ['public', 'link'];

/** What the server adds to a page. */
const NOT_WRITTEN = { id: undefined, version: undefined, updatedAt: undefined, link: undefined };

/** A list with one entry moved, for reordering by buttons. */
const moved = (list, i, by) => list.toSpliced(i, 1).toSpliced(i + by, 0, list[i]);

function Form({ id, start }) {
  const [page, setPage] = useState({ ...start, badges: start.badges ?? true });
  const [problem, setProblem] = useState();
  const [saved, setSaved] = useState(start);
  const [renewing, setRenewing] = useState(false);
  useEffect(() => {
    load('');
  }, []);
  const change = (part) => setPage((before) => ({ ...before, ...part }));
  const section = (i, part) => change({ sections: page.sections.with(i, { ...page.sections[i], ...part }) });
  const save = async (event) => {
    event.preventDefault();
    try {
      const body = { ...page, ...NOT_WRITTEN };
      const answer = id ? await send('PUT', `/status-pages/${id}`, { body }) : await post('/status-pages', body);
      tell(t('savedPage', { title: answer.title }));
      setProblem(undefined);
      setPage({ ...answer, badges: answer.badges ?? true });
      setSaved(answer);
      if (!answer.link) {
        go(`/status-pages/${answer.id}/edit`);
      }
    } catch (error) {
      setProblem(error);
    }
  };
  const renew = async () => {
    setRenewing(false);
    try {
      setSaved(await post(`/status-pages/${id}/link`));
    } catch (error) {
      tellError(t('page.renewLink'), error);
    }
  };
  const linkSeen = () => {
    setSaved({ ...saved, link: undefined });
    go(`/status-pages/${saved.id}/edit`);
  };
  const errorOf = (field) => problem?.errors?.find((error) => error.field === field)?.message;
  return html`<main id="main" class="page" tabindex="-1"><header><h1>${t(id ? 'editPage' : 'newPage')}</h1><span class="grow" />${id && mayAdminister() && html`<a class="button quiet" href=${`/admin/audit?object=status-page:${id}`}>${t('nav.audit')}</a>`}${id && saved.visibility === 'link' && mayEdit() && html`<button onClick=${() => setRenewing(true)}>${t('page.renewLink')}</button>`}${id && saved.published && saved.visibility !== 'link' && html`<a class="button" href=${`/status/${saved.slug}`}>${t('page.open')}</a>`}</header>
    ${problem && html`<${Failure} what=${t('cannotSave')} error=${problem} />`}
    <div class="split"><form class="edit-form" onSubmit=${save}>
      <fieldset class="panel"><legend>${t('page.what')}</legend>
        <label class="field">${t('page.title')}<input required value=${page.title} onInput=${(event) => change({ title: event.target.value })} />${errorOf('title') && html`<span class="error">${errorOf('title')}</span>`}</label>
        <label class="field">${t('page.address')}<span class="unit">/status/<input required pattern="[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?" value=${page.slug} onInput=${(event) => change({ slug: event.target.value })} /></span>${errorOf('slug') && html`<span class="error">${errorOf('slug')}</span>`}</label>
        <label class="field">${t('page.description')}<textarea rows="2" value=${page.description ?? ''} onInput=${(event) => change({ description: event.target.value || undefined })} /></label>
        <label class="field">${t('page.theme')}<select value=${page.theme ?? 'system'} onChange=${(event) => change({ theme: event.target.value })}>${THEMES.map((theme) => html`<option value=${theme}>${t(`theme.${theme}`)}</option>`)}</select></label>
        ${ACCENTS.map(([field, example]) => html`<label class="field">${t(`page.${field}`)}<input placeholder=${example} maxlength="7" value=${page[field] ?? ''} onInput=${(event) => change({ [field]: event.target.value.trim() || undefined })} />${errorOf(field) && html`<span class="error">${errorOf(field)}</span>`}</label>`)}
        <label class="field">${t('page.visibility')}<select value=${page.visibility ?? 'public'} onChange=${(event) => change({ visibility: event.target.value })}>${VISIBILITIES.map((word) => html`<option value=${word}>${t(`page.visibility.${word}`)}</option>`)}</select>${page.visibility === 'link' && html`<span class="hint">${t('page.linkHint')}</span>`}${errorOf('visibility') && html`<span class="error">${errorOf('visibility')}</span>`}</label>
        <label class="field">${t('page.domain')}<input placeholder="status.example.com" value=${page.domain ?? ''} onInput=${(event) => change({ domain: event.target.value.trim() || undefined })} /><span class="hint">${t('page.domainHint')}</span>${errorOf('domain') && html`<span class="error">${errorOf('domain')}</span>`}</label>
        <label class="field">${t('page.origins')}<input placeholder="https://www.example.com" value=${(page.embedOrigins ?? []).join(' ')} onChange=${(event) => change({ embedOrigins: event.target.value.split(/[\s,]+/).filter(Boolean) })} /><span class="hint">${t('page.originsHint')}</span>${errorOf('embedOrigins') && html`<span class="error">${errorOf('embedOrigins')}</span>`}</label>
        <label class="unit"><input type="checkbox" checked=${page.published} onChange=${(event) => change({ published: event.target.checked })} />${t('page.published')}</label>
        <label class="unit"><input type="checkbox" checked=${page.badges} onChange=${(event) => change({ badges: event.target.checked })} />${t('page.badges')}</label></fieldset>
      ${page.sections.map((part, i) => html`<fieldset class="panel" key=${i}><legend>${part.title || t('page.section', { n: i + 1 })}</legend>
        <div class="unit"><label class="field grow">${t('page.sectionTitle')}<input value=${part.title} onInput=${(event) => section(i, { title: event.target.value })} /></label>
          <button type="button" class="icon" disabled=${i === 0} aria-label=${t('moveUp')} onClick=${() => change({ sections: moved(page.sections, i, -1) })}>↑</button><button type="button" class="icon" disabled=${i === page.sections.length - 1} aria-label=${t('moveDown')} onClick=${() => change({ sections: moved(page.sections, i, 1) })}>↓</button>
          <button type="button" class="icon" aria-label=${t('remove')} onClick=${() => change({ sections: page.sections.toSpliced(i, 1) })}>×</button></div>
        <${Components} components=${part.components} onChange=${(components) => section(i, { components })} /></fieldset>`)}
      ${mayEdit() ? '' : html`<p>${t('needsEditor')}</p>`}<div class="sticky-actions" hidden=${!mayEdit()}><button class="primary">${t('save')}</button><button type="button" onClick=${() => change({ sections: [...page.sections, { title: '', components: [] }] })}>${t('page.addSection')}</button><a class="button quiet" href="/status-pages">${t('cancel')}</a></div>
    </form><aside class="side"><section class="panel" aria-labelledby="preview-title"><h2 id="preview-title">${t('page.preview')}</h2><div class="panel-body preview"><h3>${page.title || '…'}</h3><p class="soft">${page.description}</p>
      ${page.sections.map((part) => html`<h3>${part.title}</h3><ul>${part.components.map((component) => html`<li>${component.name}</li>`)}</ul>`)}</div></section>
      ${page.published && page.badges && page.visibility !== 'link' && html`<${Badges} page=${page} />`}</aside></div>
    ${saved.link && html`<${Dialog} title=${t('page.link')} onClose=${linkSeen}><${Link} address=${location.origin + saved.link} /><//>`}
    ${renewing && html`<${Dialog} title=${t('page.renewLink')} onClose=${() => setRenewing(false)}><p>${t('page.renewText')}</p>
      <footer><button onClick=${() => setRenewing(false)}>${t('cancel')}</button><button class="danger" onClick=${renew}>${t('page.renewLink')}</button></footer><//>`}</main>`;
}

/** The link of a page, which is shown once. */
function Link({ address }) {
  return html`<div class="secret"><p>${t('page.linkOnce')}</p><code>${address}</code><div class="buttons"><button class="primary" onClick=${() => copy(address)}>${t('copy')}</button></div></div>`;
}

function Components({ components, onChange }) {
  const columns = fleet.value;
  const names = columns ? [...columns.rowOf].map(([serviceId, row]) => [serviceId, columns.name[row]]).slice(0, 500) : [];
  const add = (event) => {
    const chosen = names.find(([, name]) => name === event.target.value);
    if (chosen) {
      onChange([...components, { name: chosen[1], serviceId: chosen[0] }]);
      event.target.value = '';
    }
  };
  return html`<div class="pairs">${components.map((component, i) => html`<div key=${i}><input aria-label=${t('page.component')} value=${component.name} onInput=${(event) => onChange(components.with(i, { ...component, name: event.target.value }))} />
      <span class="soft">${component.label ?? columns?.name[columns.rowOf.get(component.serviceId)] ?? `#${component.serviceId}`}</span>
      <span class="buttons"><button type="button" class="icon" disabled=${i === 0} aria-label=${t('moveUp')} onClick=${() => onChange(moved(components, i, -1))}>↑</button><button type="button" class="icon" aria-label=${t('remove')} onClick=${() => onChange(components.toSpliced(i, 1))}>×</button></span></div>`)}</div>
    <label class="field">${t('page.addService')}<input list="service-names" onChange=${add} /></label><datalist id="service-names">${names.map(([, name]) => html`<option value=${name} />`)}</datalist>
    <label class="field">${t('page.addLabel')}<input placeholder="tier:1" onChange=${(event) => { if (event.target.value.includes(':')) { onChange([...components, { name: event.target.value, label: event.target.value }]); event.target.value = ''; } }} /></label>`;
}

function Badges({ page }) {
  const first = page.sections.flatMap(({ components }) => components)[0];
  if (!first?.key) {
    return null; // it gets its key when it is saved
  }
  const path = `${location.origin}/badge/${page.slug}/${first.key}/state.svg`;
  const markdown = `[![${first.name}](${path})](${location.origin}/status/${page.slug})`;
  return html`<section class="panel" aria-labelledby="badge-title"><header><h2 id="badge-title">${t('page.badge')}</h2><span class="grow" /><button onClick=${() => copy(markdown)}>${t('copy')}</button></header><pre class="panel-body">${markdown}</pre></section>`;
}
