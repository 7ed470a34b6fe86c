import { html, useEffect, useLoad } from '../kit.js';
import { get } from '../api.js';
import { t } from '../i18n.js';
import { Failure } from '../overlay.js';
import { go } from '../router.js';

/** The address by which Git links to a resource: leads to its service. @param {{cluster: string, namespace: string, name: string}} props */
export default function KubernetesLink({ cluster, namespace, name }) {
  const { value, error, again } = useLoad(() => get(`/kubernetes/${cluster}/${namespace}/${name}`), [cluster, namespace, name]);
  useEffect(() => {
    if (value) {
      go(`/services/${value.serviceId}`, { replace: true });
    }
  }, [value]);
  return html`<main id="main" class="page" aria-busy=${error ? undefined : 'true'}>${error && html`<${Failure} what=${t('cannotLoadService')} error=${error} retry=${again} />`}</main>`;
}
