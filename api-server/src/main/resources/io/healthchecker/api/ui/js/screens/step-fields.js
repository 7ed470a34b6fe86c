import { html } from '../kit.js';
import { t } from '../i18n.js';
import { Entry, Expressions } from './form-fields.js';

const FIELDS = [
  { name: 'name', kind: 'text', required: true, hint: 'sign in' },
  { name: 'url', kind: 'text', required: true, hint: '/account' },
  { name: 'method', kind: 'choice', choices: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] },
  { name: 'body', kind: 'area' },
  { name: 'expectedStatus', kind: 'list', hint: '200-299' },
  { name: 'bodyContains', kind: 'text' },
];

/**
 * The requests that follow the first one, each with what must be true of its answer. What has no field here stays as it is.
 * @param {{steps: any[], errors?: {field: string, message: string}[], onChange: (steps: any[]) => void}} props
 */
export default function StepFields({ steps, errors, onChange }) {
  const change = (i, part) => onChange(steps.with(i, Object.fromEntries(Object.entries({ ...steps[i], ...part }).filter(([, value]) => value !== undefined && value !== '' && value?.length !== 0))));
  const move = (i, by) => onChange(steps.toSpliced(i, 1).toSpliced(i + by, 0, steps[i]));
  const errorOf = (path) => errors?.find(({ field }) => field === path)?.message;
  return html`<fieldset class="steps-of-http"><legend>${t('steps')}</legend>${steps.map((step, i) => {
    const path = `http.steps[${i}]`;
    return html`<fieldset class="panel" key=${i}><legend>${step.name || t('step.number', { n: i + 1 })}</legend>
      <div class="buttons end"><button type="button" class="icon" disabled=${i === 0} aria-label=${t('moveUp')} onClick=${() => move(i, -1)}>↑</button><button type="button" class="icon" disabled=${i === steps.length - 1} aria-label=${t('moveDown')} onClick=${() => move(i, 1)}>↓</button>
        <button type="button" class="icon" aria-label=${t('removeStep', { name: step.name ?? String(i + 1) })} onClick=${() => onChange(steps.toSpliced(i, 1))}>×</button></div>
      <div class="fields">${FIELDS.map((field) => html`<${Entry} key=${field.name} field=${field} path=${`${path}.${field.name}`} value=${step[field.name]} error=${errorOf(`${path}.${field.name}`)} onChange=${(value) => change(i, { [field.name]: value })} />`)}</div>
      <${Expressions} name=${`${path}.assertions`} label=${t('field.assertions')} hint=${'json.token != ""'} values=${(step.assertions ?? []).map(({ expression }) => expression)} errors=${errors}
        onChange=${(lines) => change(i, { assertions: lines.map((expression) => step.assertions?.find((known) => known.expression === expression) ?? { expression }) })} /></fieldset>`;
  })}<span><button type="button" class="link" onClick=${() => onChange([...steps, { name: t('step.number', { n: steps.length + 1 }), url: '/' }])}>${t('addStep')}</button></span></fieldset>`;
}
