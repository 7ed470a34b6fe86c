import { html, useLoad } from '../kit.js';
import { manifestOf } from '../bulk.js';
import { moment } from '../format.js';
import { t } from '../i18n.js';
import { copy, Failure } from '../overlay.js';

/** What was said of a service, as the resource that kubectl would apply. @param {{service: any}} props */
export default function Config({ service }) {
  const { value, error, again } = useLoad(() => manifestOf(service.id), [service.id, service.version]);
  return html`<section class="panel" aria-labelledby="config-title"><header><h2 id="config-title">${t('tab.config')}</h2>
      <span class="soft">${t('config.version', { version: service.version, time: moment(service.updatedAt) })}</span><span class="grow" />
      <button disabled=${!value} onClick=${() => copy(value)}>${t('act.copyYaml')} <kbd>y</kbd></button></header>
    ${error && html`<${Failure} what=${t('cannotLoadConfig')} error=${error} retry=${again} />`}
    ${value && html`<pre class="panel-body yaml" tabindex="0">${value}</pre>`}</section>`;
}
