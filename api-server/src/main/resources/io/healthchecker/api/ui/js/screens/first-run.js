import { html } from '../kit.js';
import { user } from '../api.js';
import { t } from '../i18n.js';
import { copy } from '../overlay.js';
import FirstSteps from './first-steps.js';

const YAML = `apiVersion: healthchecker.io/v1alpha1
kind: HealthCheckService
metadata:
  name: shop
spec:
  http:
    url: https://shop.example.com/health
  periodSeconds: 30`;

const curl = () => `TOKEN=$(curl -s ${location.origin}/api/v1/auth/login -H 'Content-Type: application/json' \\
  -d '{"email":"${user.value.email}","password":"…"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
curl ${location.origin}/api/v1/services -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"name":"shop","url":"https://shop.example.com/health"}'`;

function Way({ title, code }) {
  return html`<section class="panel"><header><h3>${title}</h3><span class="grow" /><button onClick=${() => copy(code)} aria-label=${`${t('copy')}: ${title}`}>${t('copy')}</button></header>
    <pre class="panel-body" tabindex="0">${code}</pre></section>`;
}

/** What a new team sees: the first steps, and three ways to add a service. */
export default function FirstRun() {
  return html`<div class="first-run page">
    <header><div><h2>${t('first.title')}</h2><p class="soft">${t('first.text')}</p></div><span class="grow" /><a class="button primary" href="/services/new">${t('newService')}</a></header>
    <${FirstSteps} />
    <div class="ways">
      <${Way} title=${t('first.kubectl')} code=${`kubectl apply -f - <<'END'\n${YAML}\nEND`} />
      <${Way} title=${t('first.curl')} code=${curl()} />
      <${Way} title=${t('first.yaml')} code=${`# checks/shop.yaml; then: ./hc up --checks checks\n${YAML}`} />
    </div>
  </div>`;
}
