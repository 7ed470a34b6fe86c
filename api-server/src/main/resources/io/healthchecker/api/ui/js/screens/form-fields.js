import { html } from '../kit.js';
import { t } from '../i18n.js';

/** One field with its label, its hint and what is wrong with it. */
export function Entry({ field, path, value, error, onChange }) {
  const id = `field-${path}`;
  const common = { id, 'aria-invalid': error ? 'true' : undefined, 'aria-describedby': error ? `${id}-error` : undefined, required: field.required };
  const entry = {
    text: () => html`<input ...${common} value=${value ?? ''} placeholder=${field.hint} onInput=${(event) => onChange(event.target.value)} />`,
    url: () => html`<input ...${common} type="url" inputmode="url" autocomplete="off" value=${value ?? ''} placeholder=${field.hint} onInput=${(event) => onChange(event.target.value)} />`,
    number: () => html`<input ...${common} inputmode="numeric" value=${value ?? ''} placeholder=${field.hint} onInput=${(event) => onChange(asNumber(event.target.value))} />`,
    flag: () => html`<input ...${common} type="checkbox" checked=${value === true} onChange=${(event) => onChange(event.target.checked || undefined)} />`,
    choice: () => html`<select ...${common} value=${value ?? ''} onChange=${(event) => onChange(event.target.value || undefined)}><option value="">${t('byDefault', { value: field.choices[0] })}</option>${field.choices.map((choice) => html`<option value=${choice}>${choice}</option>`)}</select>`,
    list: () => html`<input ...${common} value=${(value ?? []).join(', ')} placeholder=${field.hint} onChange=${(event) => onChange(event.target.value.split(',').map((part) => part.trim()).filter(Boolean))} />`,
    area: () => html`<textarea ...${common} rows="2" value=${value ?? ''} onInput=${(event) => onChange(event.target.value)} />`,
    pem: () => html`<textarea ...${common} class="mono" rows="3" spellcheck="false" autocomplete="off" value=${value ?? ''} placeholder="-----BEGIN …" onInput=${(event) => onChange(event.target.value)} />`,
    secret: () => html`<input ...${common} type="password" autocomplete="off" value=${value ?? ''} onInput=${(event) => onChange(event.target.value)} />`,
  }[field.kind];
  return html`<div class="field"><label for=${id}>${t(`field.${field.name}`)}</label>${entry()}${error && html`<span class="error" id=${`${id}-error`}>${error}</span>`}</div>`;
}

/** Expressions in CEL, one a line. @param {{name: string, label?: string, hint: string, values: string[], errors?: {field: string, message: string}[], onChange: (lines: string[]) => void}} props */
export function Expressions({ name, label = t(`field.${name}`), hint, values, errors, onChange }) {
  const id = `field-${name}`;
  const wrong = (errors ?? []).filter(({ field }) => field.startsWith(name));
  return html`<div class="field"><label for=${id}>${label}</label>
    <textarea id=${id} class="mono" rows="2" spellcheck="false" placeholder=${hint} aria-invalid=${wrong.length > 0 ? 'true' : undefined} aria-describedby=${`${id}-hint`} value=${values.join('\n')}
      onChange=${(event) => onChange(event.target.value.split('\n').map((line) => line.trim()).filter(Boolean))} />
    <span class="hint" id=${`${id}-hint`}>${wrong.length > 0 ? html`<span class="error">${wrong.map(({ message }) => message).join(' ')}</span>` : t('edit.expressionHint')}</span></div>`;
}

/** A number where it is one; else what was typed, for the server to refuse in its words. */
const asNumber = (text) => (text.trim() === '' ? undefined : /^\d+$/.test(text.trim()) ? Number(text) : text);
