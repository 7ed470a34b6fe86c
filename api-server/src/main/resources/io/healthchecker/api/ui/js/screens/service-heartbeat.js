import { html, useEffect, useLoad, useState } from '../kit.js';
import { get, mayEdit, post } from '../api.js';
import { hear } from '../feed.js';
import { age, duration, latency, moment, now } from '../format.js';
import { t } from '../i18n.js';
import { copy, Dialog, Failure, tellError } from '../overlay.js';

/** What a service that reports by itself has said, when it is to say more, and where. @param {{service: any}} props */
export default function Heartbeat({ service }) {
  const { value, error, again } = useLoad(() => get(`/services/${service.id}/heartbeat`), [service.id, service.version, Math.floor(now.value / 60_000)]);
  useEffect(() => hear('result', ({ data }) => data.serviceId === service.id && again()), [service.id]);
  return html`<section class="panel" aria-labelledby="reports-title"><h2 id="reports-title">${t('heartbeat.reports')}</h2>
    ${error && html`<${Failure} what=${t('heartbeat.cannotLoad')} error=${error} retry=${again} />`}
    ${value && html`<${Said} said=${value} service=${service} />`}
    ${mayEdit() && html`<${Address} service=${service} />`}
  </section>`;
}

const fact = (name, value) => value && html`<div><dt>${t(`heartbeat.${name}`)}</dt><dd>${value}</dd></div>`;
const at = (instant) => instant && moment(instant);

function Said({ said, service }) {
  return html`<div class="panel-body"><dl class="facts">
    ${fact('standing', t(`heartbeat.${said.standing}`))}${fact('expected', expected(service))}
    ${fact('last', said.pingAt && `${moment(said.pingAt)} (${t('ago', { age: age(said.pingAt) })})`)}
    ${fact('began', at(said.startedAt))}${fact('due', at(said.dueAt))}${fact('deadline', at(said.deadlineAt))}
    ${fact('took', said.durationMillis !== undefined && latency(said.durationMillis))}${fact('exit', said.exitStatus?.toString())}</dl>
    ${said.text && html`<pre class="detail">${said.text}</pre>`}</div>`;
}

/** When reports are expected, in words. */
function expected({ heartbeat, check_interval: period }) {
  const grace = duration(heartbeat.graceSeconds ?? 60);
  return heartbeat.cron
    ? t('heartbeat.byCron', { cron: `${heartbeat.cron} ${heartbeat.timeZone ?? 'UTC'}`, grace })
    : t('heartbeat.byPeriod', { period: duration(period), grace });
}

/** Whoever knows the address can report, so that only those see it who could make another. */
function Address({ service }) {
  const [renewed, setRenewed] = useState();
  const [asked, setAsked] = useState(false);
  const { value, error, again } = useLoad(() => get(`/services/${service.id}/heartbeat/address`), [service.id]);
  const renew = async () => {
    setAsked(false);
    try {
      setRenewed(await post(`/services/${service.id}/heartbeat/address`));
    } catch (failed) {
      tellError(t('heartbeat.renew'), failed);
    }
  };
  const known = renewed ?? value;
  const url = known?.path && `${location.origin}${known.path}`;
  const line = `${service.heartbeat.cron ? `${service.heartbeat.cron} ` : ''}/path/to/job; curl -fsS -m 10 --retry 5 -o /dev/null ${url}/$?`;
  return html`<div class="panel-body reports-to">
    ${error && html`<${Failure} what=${t('heartbeat.cannotLoad')} error=${error} retry=${again} />`}
    ${known && !url && html`<p>${t('heartbeat.hidden')}</p>`}
    ${url && html`<${Copied} name="address" text=${url} /><${Copied} name=${service.heartbeat.cron ? 'crontab' : 'shell'} text=${line} /><p class="soft">${t('heartbeat.hint')}</p>`}
    ${known && html`<p><button onClick=${() => setAsked(true)}>${t('heartbeat.renew')}</button></p>`}
    ${asked && html`<${Dialog} title=${t('heartbeat.renew')} onClose=${() => setAsked(false)}><p>${t('heartbeat.renewText')}</p>
      <footer class="buttons end"><button onClick=${() => setAsked(false)}>${t('cancel')}</button><button class="danger" onClick=${renew}>${t('heartbeat.renew')}</button></footer><//>`}
  </div>`;
}

function Copied({ name, text }) {
  return html`<div class="report-line"><span class="soft">${t(`heartbeat.${name}`)}</span><code>${text}</code><button class="link" onClick=${() => copy(text)} aria-label=${`${t('copy')}: ${t(`heartbeat.${name}`)}`}>${t('copy')}</button></div>`;
}
