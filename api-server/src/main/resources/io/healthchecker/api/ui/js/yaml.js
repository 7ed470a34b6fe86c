/** Words that YAML would read as something else than text. */
const SPECIAL = /^(?:true|false|yes|no|on|off|null|~|[-+]?[\d.][\d._eE+-]*|0x[\da-f]+|)$/i;
const SAFE = /^[\p{L}\p{N}_/.][\p{L}\p{N}_/.@ ()+=~,-]*(?::[^\s#][\p{L}\p{N}_/.@()+=~,?&%-]*)*$/u;

const scalar = (value) =>
  typeof value !== 'string' ? String(value) : SPECIAL.test(value) || !SAFE.test(value) || value.endsWith(' ') || value.includes(' #') ? JSON.stringify(value) : value;

/** Plain data as YAML; text is quoted wherever it could be read as anything else. @param {unknown} value */
export function toYaml(value, indent = '') {
  if (Array.isArray(value)) {
    return value.map((item) => (isNested(item) ? `${indent}- ${toYaml(item, `${indent}  `).trimStart()}` : `${indent}- ${scalar(item)}\n`)).join('');
  }
  return Object.entries(value)
    .filter(([, item]) => item !== undefined && item !== null)
    .map(([key, item]) => (isNested(item) ? (size(item) === 0 ? `${indent}${scalar(key)}: ${Array.isArray(item) ? '[]' : '{}'}\n` : `${indent}${scalar(key)}:\n${toYaml(item, `${indent}  `)}`) : `${indent}${scalar(key)}: ${scalar(item)}\n`))
    .join('');
}

const isNested = (value) => typeof value === 'object' && value !== null;
const size = (value) => Object.keys(value).length;

/** A name that Kubernetes takes, made of any name. */
export const resourceName = (name) =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63).replace(/-+$/, '') || 'service';

const HARMLESS = new Set(['accept', 'accept-encoding', 'accept-language', 'cache-control', 'content-type', 'host', 'origin', 'user-agent']);

/** The same, with a Secret named wherever a value may be one; as the server writes it. */
function referring(node, secret, field) {
  if (!isNested(node)) {
    return node;
  }
  if (Array.isArray(node)) {
    return node.map((item) => referring(item, secret, field));
  }
  const { value, ...others } = node;
  if (typeof value === 'string' && !HARMLESS.has(node.name?.toLowerCase())) {
    return { ...others, valueFrom: { secretKeyRef: { name: secret, key: (node.name ?? field).toLowerCase().replace(/[^-._a-z0-9]/g, '-') } } };
  }
  return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, referring(item, secret, name)]));
}

/** A service as the resource that kubectl would apply. @param {{name: string} & Record<string, unknown>} body */
export function manifest({ name, ...spec }) {
  const resource = resourceName(name);
  const { labels, ...rest } = spec;
  return toYaml({ apiVersion: 'healthchecker.io/v1alpha1', kind: 'HealthCheckService', metadata: { name: resource }, spec: { ...referring(rest, `${resource}-probe`), ...(labels ? { labels } : {}) } });
}
