import { html, useEffect, useLoad, useRef, useState } from '../kit.js';
import { get, mayEdit, post, send } from '../api.js';
import { PROBES } from '../fleet.js';
import { t } from '../i18n.js';
import { useKeys } from '../keys.js';
import { copy, Dialog, Failure, tell } from '../overlay.js';
import { address, beforeLeaving, go } from '../router.js';
import { manifest } from '../yaml.js';
import { editCommand } from './service.js';
import { Entry, Expressions } from './form-fields.js';
import { at, CADENCE, FIELDS, put } from './probe-fields.js';
import StepFields from './step-fields.js';
import { ResultBody } from './service-results.js';

const KINDS = { grpc: 'gRPC', websocket: 'WebSocket', heartbeat: 'Heartbeat' };

const DRAFT = 'hc.draft';
const SECRET = new Set(['privateKey', 'password', 'headers', 'authentication', 'metadata']);
const NEW = { name: '', kind: 'http', probe: {}, labels: [], assertions: [], degradedWhen: [] };

/** Adding a service, or changing one. @param {{id?: string}} props */
export default function Edit({ id }) {
  const from = id ?? new URLSearchParams(address.value.search).get('from');
  const loaded = useLoad(() => (from ? get(`/services/${from}`) : Promise.resolve(undefined)), [from]);
  if (!mayEdit()) {
    return html`<main id="main" class="page" tabindex="-1"><h1>${t(id ? 'editService' : 'newService')}</h1><p>${t('needsEditor')}</p><p><a href=${id ? `/services/${id}` : '/services'}>${t('back')}</a></p></main>`;
  }
  if (loaded.error) {
    return html`<main id="main" class="page"><${Failure} what=${t('cannotLoadService')} error=${loaded.error} retry=${loaded.again} /></main>`;
  }
  if (loaded.loading) {
    return html`<main id="main" class="page" aria-busy="true" />`;
  }
  const service = loaded.value;
  if (id && service.source !== 'rest') {
    return html`<main id="main" class="page"><h1>${service.name}</h1><p>${t(`owned.${service.source}`, { owner: service.owner ?? '' })} ${service.source === 'kubernetes' && html`<code>${editCommand(service.owner)}</code>`}</p>
      <p><a href=${`/services/${id}`}>${t('back')}</a></p></main>`;
  }
  return html`<${Form} id=${id} start=${service ? formOf(service, Boolean(id)) : (draft() ?? NEW)} etag=${id && `"${service.version}"`} />`;
}

/** What was entered in this tab and not saved, but for what may be a secret. */
function draft() {
  try {
    return JSON.parse(sessionStorage.getItem(DRAFT) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** The form of a service, or of what could be one. */
export function formOf(service, isSame) {
  const kind = PROBES.find((name) => service[name]) ?? 'http';
  const cadence = Object.fromEntries(CADENCE.map(({ name }) => [name, service[name]]));
  const known = new Set(['id', 'name', 'source', 'owner', 'version', 'url', 'check_interval', 'state', 'since', 'why', 'flags', 'lastResult', 'checks', 'incidentId', 'createdAt', 'updatedAt', 'labels', 'assertions', 'degradedWhen', kind, ...Object.keys(cadence)]);
  return {
    name: isSame ? service.name : `${service.name} copy`,
    kind,
    probe: { ...service[kind] },
    labels: Object.entries(service.labels ?? {}),
    assertions: service.assertions ?? [],
    degradedWhen: service.degradedWhen ?? [],
    ...cadence,
    rest: Object.fromEntries(Object.entries(service).filter(([name]) => !known.has(name))), // what has no field here stays as it is
  };
}

const isSaid = (value) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
const said = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => isSaid(value)));

/** The form as the API takes it. */
export function bodyOf(form) {
  const cadence = said(Object.fromEntries(CADENCE.map(({ name }) => [name, form[name]])));
  const labels = Object.fromEntries(form.labels.filter(([key]) => key.trim() !== ''));
  const { assertions, degradedWhen } = form;
  return { name: form.name, [form.kind]: said(form.probe), ...said({ assertions, degradedWhen }), ...cadence, ...(Object.keys(labels).length > 0 ? { labels } : {}), ...form.rest };
}

function Form({ id, start, etag }) {
  const [form, setForm] = useState(start);
  const [problem, setProblem] = useState();
  const [trial, setTrial] = useState();
  const [busy, setBusy] = useState(false);
  const [pasting, setPasting] = useState(false);
  const isTouched = useRef(false);
  const summary = useRef(null);
  const change = (part) => {
    isTouched.current = true;
    setForm((before) => ({ ...before, ...part }));
  };
  useEffect(() => {
    document.title = `${t(id ? 'editService' : 'newService')} · Health Checker`;
    beforeLeaving(() => !isTouched.current || window.confirm(t('leaveForm')));
    return () => beforeLeaving(undefined);
  }, []);
  useEffect(() => {
    if (!id && isTouched.current) {
      sessionStorage.setItem(DRAFT, JSON.stringify(form, (name, value) => (SECRET.has(name) ? undefined : value)));
    }
  }, [form]);
  useEffect(() => summary.current?.focus(), [problem]);

  const save = async (event) => {
    event?.preventDefault();
    setBusy(true);
    try {
      const saved = id ? await send('PUT', `/services/${id}`, { body: bodyOf(form), headers: { 'If-Match': etag } }) : await post('/services', bodyOf(form));
      isTouched.current = false;
      sessionStorage.removeItem(DRAFT);
      tell(t('savedService', { name: saved.name }));
      go(`/services/${saved.id}`);
    } catch (error) {
      setBusy(false);
      setProblem(error);
    }
  };
  const test = async () => {
    setTrial({ busy: true });
    try {
      setTrial({ result: await post('/services:test', { ...bodyOf(form), name: form.name || 'trial' }) });
      setProblem(undefined);
    } catch (error) {
      setTrial(undefined);
      setProblem(error);
    }
  };
  const isAsked = form.kind !== 'heartbeat'; // else it reports by itself
  useKeys({ 'mod s': save, ...(isAsked ? { 'mod Enter': test } : {}) });
  const errorOf = (field) => problem?.errors?.find((error) => error.field === field)?.message;
  const fields = FIELDS[form.kind];
  const ofProbe = (field) => input(field, `${form.kind}.${field.name}`, at(form.probe, field.name), (part) => change({ probe: put(form.probe, field.name, part[field.name]) }));
  const input = (field, path, value, set) => html`<${Entry} key=${`${form.kind} ${field.name}`} field=${field} value=${value} error=${errorOf(path)} path=${path} onChange=${(next) => set({ [field.name]: next })} />`;
  const perDay = Math.round(86_400 / (Number(form.periodSeconds) || 60));

  return html`<main id="main" class="page" tabindex="-1"><header><h1>${t(id ? 'editService' : 'newService')}</h1></header>
    ${problem && html`<div class="failure" role="alert" tabindex="-1" ref=${summary}><div><p><strong>${t('cannotSave')}.</strong> ${problem.message} ${problem.requestId && html`<small>${t('request', { id: problem.requestId })}</small>`}</p>
      <ul>${problem.errors?.map(({ field, message }) => html`<li><a href=${`#field-${field}`} onClick=${(event) => { event.preventDefault(); document.getElementById(`field-${field}`)?.focus(); }}>${field}</a>: ${message}</li>`)}</ul></div></div>`}
    <div class="split"><form class="edit-form" onSubmit=${save} noValidate>
      <fieldset class="panel"><legend>${t('edit.what')}</legend>
        <div class="kinds" role="group" aria-label=${t('facet.probe')}>${PROBES.map((kind) => html`<button type="button" aria-pressed=${String(kind === form.kind)} onClick=${() => change({ kind, probe: kind === form.kind ? form.probe : {} })}>${KINDS[kind] ?? kind.toUpperCase()}</button>`)}</div>
        <${Entry} field=${{ name: 'name', kind: 'text', required: true, hint: 'checkout' }} path="name" value=${form.name} error=${errorOf('name')} onChange=${(name) => change({ name })} />
        ${fields.filter(({ required }) => required).map(ofProbe)}
        <details open=${!isAsked}><summary>${t('edit.more')}</summary><div class="fields">${fields.filter(({ required, right }) => !required && !right).map(ofProbe)}</div></details>
      </fieldset>
      ${isAsked && html`<fieldset class="panel"><legend>${t('edit.right')}</legend><div class="fields">${fields.filter(({ right }) => right).map(ofProbe)}</div>
        <${Expressions} name="assertions" hint=${'json.db == "ok"'} values=${form.assertions.map(({ expression }) => expression)} errors=${problem?.errors}
          onChange=${(lines) => change({ assertions: lines.map((expression) => form.assertions.find((known) => known.expression === expression) ?? { expression }) })} />
        <${Expressions} name="degradedWhen" hint="latencyMillis > 300" values=${form.degradedWhen} errors=${problem?.errors} onChange=${(degradedWhen) => change({ degradedWhen })} />
        ${form.kind === 'http' && html`<${StepFields} steps=${form.probe.steps ?? []} errors=${problem?.errors} onChange=${(steps) => change({ probe: { ...form.probe, steps } })} />`}</fieldset>`}
      <fieldset class="panel"><legend>${t('edit.when')}</legend><div class="fields">${CADENCE.filter(({ name, ofAnswers }) => isAsked || !ofAnswers || isSaid(form[name])).map((field) => input(field, field.name, form[field.name], change))}</div>
        ${isAsked && html`<p class="soft">${t('edit.cost', { n: perDay })}</p>`}<${Labels} labels=${form.labels} onChange=${(labels) => change({ labels })} /></fieldset>
      <div class="sticky-actions"><button class="primary" disabled=${busy}>${t('save')}</button>${isAsked && html`<button type="button" onClick=${test} disabled=${trial?.busy}>${t('act.test')} <kbd>Ctrl ⏎</kbd></button>`}
        <a class="button quiet" href=${id ? `/services/${id}` : '/services'}>${t('cancel')}</a></div>
    </form>
    <aside class="side">
      ${isAsked ? html`<section class="panel" aria-labelledby="trial-title"><header><h2 id="trial-title">${t('trial')}</h2><span class="grow" /><button onClick=${test} disabled=${trial?.busy}>${t('act.test')}</button></header>
        <div class="panel-body" aria-live="polite">${trial?.busy ? html`<p class="soft">${t('trial.running')}</p>` : trial?.result ? html`<${ResultBody} result=${trial.result} />${trial.result.outcome === 'DOWN' && html`<p class="soft">${t('trial.downNow')}</p>`}` : html`<p class="soft">${t('trial.text')}</p>`}</div></section>`
        : html`<section class="panel" aria-labelledby="reports-title"><h2 id="reports-title">${t('heartbeat.reports')}</h2><p class="panel-body soft">${t('heartbeat.afterSaving')}</p></section>`}
      <section class="panel" aria-labelledby="yaml-title"><header><h2 id="yaml-title">YAML</h2><span class="grow" /><button type="button" onClick=${() => setPasting(true)}>${t('pasteYaml')}</button><button onClick=${() => copy(manifest(bodyOf(form)))}>${t('act.copyYaml')}</button></header>
        <pre class="panel-body yaml" tabindex="0">${manifest(bodyOf(form))}</pre></section>
    </aside></div>
    ${pasting && html`<${PasteYaml} onClose=${() => setPasting(false)} onRead=${(body) => { setPasting(false); change(formOf(body, true)); tell(t('yamlRead')); }} />`}</main>`;
}

/** A resource as kubectl would apply it, read into the form by the server. @param {{onClose: () => void, onRead: (body: object) => void}} props */
function PasteYaml({ onClose, onRead }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState();
  const read = async (event) => {
    event.preventDefault();
    try {
      onRead(await readYaml(text));
    } catch (error) {
      setProblem(error);
    }
  };
  return html`<${Dialog} title=${t('pasteYaml')} onClose=${onClose} wide><form class="edit-form" onSubmit=${read}>
    <p class="soft">${t('pasteYamlText')}</p>
    ${problem && html`<div class="failure" role="alert"><div><p>${problem.message}${problem.requestId && html` <small>${t('request', { id: problem.requestId })}</small>`}</p><ul>${problem.errors?.map(({ field, message }) => html`<li><code>${field}</code>: ${message}</li>`)}</ul></div></div>`}
    <label class="field"><span class="unseen">YAML</span><textarea class="mono" rows="14" spellcheck="false" required autofocus value=${text} placeholder="apiVersion: healthchecker.io/v1alpha1" onInput=${(event) => setText(event.target.value)} /></label>
    <footer class="buttons end"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('readYaml')}</button></footer></form><//>`;
}

export const readYaml = (text) => post('/services:parse', text, { headers: { 'Content-Type': 'application/yaml' } });

function Labels({ labels, onChange }) {
  const set = (i, at, value) => onChange(labels.map((pair, j) => (i === j ? pair.with(at, value) : pair)));
  return html`<fieldset class="pairs"><legend>${t('labels')}</legend>${labels.map(([key, value], i) => html`<div key=${i}>
      <input aria-label=${t('labelKey')} value=${key} placeholder="tier" onInput=${(event) => set(i, 0, event.target.value)} /><input aria-label=${t('labelValue')} value=${value} placeholder="1" onInput=${(event) => set(i, 1, event.target.value)} />
      <button type="button" class="icon quiet" aria-label=${t('removeLabel', { key })} onClick=${() => onChange(labels.filter((_, j) => j !== i))}>×</button></div>`)}
    <span><button type="button" class="link" onClick=${() => onChange([...labels, ['', '']])}>${t('addLabel')}</button></span></fieldset>`;
}
