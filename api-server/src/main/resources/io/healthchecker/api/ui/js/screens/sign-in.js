import { html, useEffect, useRef, useState } from '../kit.js';
import { signIn, signOut, user } from '../api.js';
import { t } from '../i18n.js';
import { attempt } from '../overlay.js';
import { address } from '../router.js';

const LEAST = 8; // characters of a password, as the API asks for

/** Signing in and registering; "again" opens over the page whose session ended. @param {{mode: 'login'|'register'|'again'}} props */
export default function SignIn({ mode }) {
  const isAgain = mode === 'again';
  const how = mode === 'register' ? 'register' : 'login';
  const [email, setEmail] = useState(isAgain ? user.value.email : '');
  const [password, setPassword] = useState('');
  const [seen, setSeen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(undefined);
  const summary = useRef(null);
  const dialog = useRef(null);

  useEffect(() => {
    if (isAgain) {
      dialog.current.showModal();
    }
    document.title = `${t(`auth.${how}`)} · Health Checker`;
  }, [mode]);
  useEffect(() => summary.current?.focus(), [problem]);

  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(how, email, password, new URLSearchParams(address.value.search).get('invite'));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const errorOf = (field) => problem?.errors?.find((error) => error.field === field)?.message;
  const form = html`<form class="sign-in" onSubmit=${submit} aria-labelledby="auth-title">
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" /><path d="M4 17h6l3-8 5 15 4-11 2 4h4" /></svg>
    <h1 id="auth-title">${isAgain ? t('auth.again') : t(`auth.${how}Title`)}</h1>
    <p class="soft">${isAgain ? t('auth.againText') : t(`auth.${how}Text`)}</p>
    ${problem && html`<p class="failure" role="alert" tabindex="-1" ref=${summary}>${problem.message}${problem.requestId && html` <small>${t('request', { id: problem.requestId })}</small>`}</p>`}
    <label class="field">${t('auth.email')}
      <input type="email" name="email" autocomplete="username" required autofocus value=${email} readonly=${isAgain} onInput=${(event) => setEmail(event.target.value)}
        aria-invalid=${errorOf('email') ? 'true' : undefined} aria-describedby=${errorOf('email') ? 'email-error' : undefined} />
      ${errorOf('email') && html`<span class="error" id="email-error">${errorOf('email')}</span>`}
    </label>
    <div class="field"><label for="password">${t('auth.password')}</label>
      <span class="with-button"><input id="password" type=${seen ? 'text' : 'password'} name="password" required minlength=${how === 'register' ? LEAST : undefined}
        autocomplete=${how === 'register' ? 'new-password' : 'current-password'} value=${password} onInput=${(event) => setPassword(event.target.value)}
        aria-describedby=${errorOf('password') ? 'password-error' : how === 'register' ? 'password-hint' : undefined} />
        <button type="button" class="quiet" aria-pressed=${String(seen)} onClick=${() => setSeen(!seen)}>${t(seen ? 'auth.hide' : 'auth.show')}</button></span>
      ${how === 'register' && html`<span class="hint" id="password-hint">${t('auth.passwordHint', { n: LEAST })}</span>`}
      ${errorOf('password') && html`<span class="error" id="password-error">${errorOf('password')}</span>`}
    </div>
    <button class="primary" disabled=${busy}>${t(`auth.${how}`)}</button>
    ${isAgain
      ? html`<button type="button" class="quiet" onClick=${() => attempt(t('signOut'), signOut)}>${t('signOut')}</button>`
      : html`<p class="soft other">${t(how === 'login' ? 'auth.noAccount' : 'auth.hasAccount')} <a href=${(how === 'login' ? '/register' : '/login') + address.value.search}>${t(how === 'login' ? 'auth.register' : 'auth.login')}</a></p>`}
  </form>`;
  return isAgain ? html`<dialog class="plain" ref=${dialog} onCancel=${(event) => event.preventDefault()} aria-label=${t('auth.again')}>${form}</dialog>` : html`<main id="main" class="centre">${form}</main>`;
}
