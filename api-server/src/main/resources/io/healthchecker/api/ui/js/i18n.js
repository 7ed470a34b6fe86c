import { assets, signal } from './kit.js';
import { prefs } from './prefs.js';

export const LOCALES = { en: 'English', de: 'Deutsch', ja: '日本語' };
const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa']);

/** @type {Record<string, string>} */
let messages = {};
let pseudo = false;
export const locale = signal('en');
/** The language as numbers and times are written: the browser's own variety of it, as en-GB, where it has one. */
export const region = signal('en');

/** The language that the address, the person or the browser asks for and that we speak. */
function wanted() {
  const asked = new URLSearchParams(location.search).get('locale') ?? prefs.value.locale;
  const candidates = [asked, ...navigator.languages].filter(Boolean).map((tag) => tag.split('-')[0]);
  return asked === 'qps' ? 'qps' : (candidates.find((tag) => tag in LOCALES) ?? 'en');
}

/** Loads the catalogue; the rest of the page waits for it, so that no text is ever seen twice. */
export async function loadMessages() {
  const tag = wanted();
  pseudo = tag === 'qps';
  const speaks = pseudo ? 'en' : tag;
  messages = await (await fetch(`${assets}i18n/${speaks}.json`)).json();
  locale.value = speaks;
  region.value = navigator.languages.find((name) => name.split('-')[0] === speaks) ?? speaks;
  document.documentElement.lang = speaks;
  document.documentElement.dir = RIGHT_TO_LEFT.has(speaks) || new URLSearchParams(location.search).get('dir') === 'rtl' ? 'rtl' : 'ltr';
}

/** Loads messages that only some screens need; their modules wait for it. @param {string} part */
export async function speak(part) {
  Object.assign(messages, await (await fetch(`${assets}i18n/${part}/${locale.value}.json`)).json());
}

/**
 * A message in the language of the page: {name} is replaced, and {n, plural, one {# day} other {# days}} chosen.
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 */
export function t(key, values) {
  const message = messages[key];
  if (message === undefined) {
    return key;
  }
  const text = values || message.includes('{') ? fill(message, values ?? {}) : message;
  return pseudo ? accented(text) : text;
}

/** True where there is such a message; for codes that a newer server may send. */
export const knows = (key) => key in messages;

function fill(message, values, count) {
  let out = '';
  for (let i = 0; i < message.length; i++) {
    const letter = message[i];
    if (letter === '#' && count !== undefined) {
      out += number(count);
    } else if (letter === '{') {
      const end = closing(message, i);
      out += argument(message.slice(i + 1, end), values);
      i = end;
    } else {
      out += letter;
    }
  }
  return out;
}

function argument(text, values) {
  const [name, kind] = text.split(',', 2).map((part) => part.trim());
  const value = values[name];
  if (kind !== 'plural') {
    return typeof value === 'number' ? number(value) : String(value ?? '');
  }
  const forms = {};
  const rest = text.slice(text.indexOf('plural,') + 7);
  for (let i = rest.indexOf('{'); i >= 0; i = rest.indexOf('{', i)) {
    const end = closing(rest, i);
    const form = rest.slice(0, i).trim().split(/[\s}]+/).pop();
    forms[form] = rest.slice(i + 1, end);
    i = end;
  }
  const form = forms[`=${value}`] ?? forms[new Intl.PluralRules(locale.value).select(Number(value))] ?? forms.other;
  return fill(form, values, Number(value));
}

function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    depth += text[i] === '{' ? 1 : text[i] === '}' ? -1 : 0;
    if (depth === 0) {
      return i;
    }
  }
  return text.length;
}

const formats = new Map();

/** @param {number} value */
export function number(value, options) {
  const key = region.value + JSON.stringify(options ?? {});
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(region.value, options));
  }
  return formats.get(key).format(value);
}

const ACCENTS = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Å', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', c: 'ç', n: 'ñ' };

/** The pseudo-locale: accented and 40 % longer, so that what is not translated or does not fit is seen. */
function accented(text) {
  return `[${text.replace(/[aeiouAEIOUcn]/g, (letter) => ACCENTS[letter])}${'~'.repeat(Math.ceil(text.length * 0.4))}]`;
}
