import { html, useLoad } from '../kit.js';
import { get, user } from '../api.js';
import { t } from '../i18n.js';
import { copy } from '../overlay.js';
import { fleet } from '../live.js';

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

function Step({ done, children }) {
  return html`<li><span aria-hidden="true">${done ? '☑' : '☐'}</span> ${children}</li>`;
}

/** What a new team sees: three ways to add a service, and the first steps, ticked as they are done. */
export default function FirstRun() {
  const teams = user.value.teams ?? [];
  const members = useLoad(() => get(`/teams/${teams[0]?.id}/members`), []);
  return html`<div class="first-run page">
    <header><div><h2>${t('first.title')}</h2><p class="soft">${t('first.text')}</p></div><span class="grow" /><a class="button primary" href="/services/new">${t('newService')}</a></header>
    <ol class="steps" aria-label=${t('first.steps')}>
      <${Step} done=${(fleet.value?.total ?? 0) > 0}>${t('first.step.add')}<//>
      <${Step} done=${false}>${t('first.step.result')}<//>
      <${Step} done=${(members.value?.items.length ?? 0) > 1}><a href="/admin/members">${t('first.step.invite')}</a><//>
    </ol>
    <div class="ways">
      <${Way} title=${t('first.kubectl')} code=${`kubectl apply -f - <<'END'\n${YAML}\nEND`} />
      <${Way} title=${t('first.curl')} code=${curl()} />
      <${Way} title=${t('first.yaml')} code=${`# checks/shop.yaml; then: ./hc up --checks checks\n${YAML}`} />
    </div>
  </div>`;
}
