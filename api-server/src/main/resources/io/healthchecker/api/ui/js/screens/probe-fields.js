/**
 * What can be said of each kind of probe: name, how it is entered, and what stands for it where nothing is said.
 * A name may be a path, as proxy.host.
 * @typedef {{name: string, kind: 'text'|'url'|'number'|'flag'|'choice'|'list'|'area'|'pem'|'secret', required?: boolean, choices?: string[],
 *   hint?: string, right?: boolean}} Field right: it says what is right, not what to check
 */
const tls = [
  { name: 'serverName', kind: 'text' },
  { name: 'tlsVerification', kind: 'choice', choices: ['Full', 'None'] },
];
// a Secret has these where there is one; what is stored of a key or a password comes back as a mask
const trust = [
  { name: 'certificateAuthorities.value', kind: 'pem' },
  { name: 'clientCertificate.certificate.value', kind: 'pem' },
  { name: 'clientCertificate.privateKey.value', kind: 'pem' },
];
const proxy = [
  { name: 'proxy.host', kind: 'text', hint: 'proxy.example.com' },
  { name: 'proxy.port', kind: 'number', hint: '3128' },
  { name: 'proxy.basic.username', kind: 'text' },
  { name: 'proxy.basic.password.value', kind: 'secret' },
];
const certificate = { name: 'certificateExpiresInDays', kind: 'number', right: true };
const host = { name: 'host', kind: 'text', required: true, hint: 'shop.example.com' };
const port = (hint, required) => ({ name: 'port', kind: 'number', required, hint });

/** @type {Record<string, Field[]>} */
export const FIELDS = {
  http: [
    { name: 'url', kind: 'url', required: true, hint: 'https://shop.example.com/health' },
    { name: 'method', kind: 'choice', choices: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] },
    { name: 'body', kind: 'area' },
    { name: 'maxRedirects', kind: 'number', hint: '10' },
    { name: 'serverName', kind: 'text' },
    { name: 'tlsVerification', kind: 'choice', choices: ['Full', 'None'] },
    ...trust,
    ...proxy,
    { name: 'expectedStatus', kind: 'list', hint: '200-299', right: true },
    { name: 'bodyContains', kind: 'text', right: true },
    { name: 'bodyMatches', kind: 'text', right: true },
    certificate,
  ],
  tcp: [host, port('5432', true), { name: 'tls', kind: 'flag' }, ...tls, certificate],
  tls: [host, port('443'), ...tls, { name: 'minimumVersion', kind: 'choice', choices: ['TLSv1.2', 'TLSv1.3'], right: true }, { name: 'certificateSha256', kind: 'text', right: true }, certificate],
  dns: [
    { name: 'name', kind: 'text', required: true, hint: 'shop.example.com' },
    { name: 'type', kind: 'choice', choices: ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] },
    { name: 'server', kind: 'text' },
    port('53'),
    { name: 'transport', kind: 'choice', choices: ['UDP', 'TCP'] },
    { name: 'expectedRcode', kind: 'choice', choices: ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'], right: true },
    { name: 'expectedAnswers', kind: 'list', hint: '192.0.2.7', right: true },
  ],
  icmp: [host, { name: 'count', kind: 'number', hint: '1' }, { name: 'payloadBytes', kind: 'number', hint: '56' }, { name: 'lossAllowed', kind: 'number', hint: '0', right: true }],
  grpc: [host, port('443', true), { name: 'service', kind: 'text', hint: 'shop.Checkout' }, { name: 'tls', kind: 'flag' }, ...tls, ...trust, ...proxy, certificate],
  websocket: [
    { name: 'url', kind: 'url', required: true, hint: 'wss://shop.example.com/live' },
    { name: 'serverName', kind: 'text' },
    { name: 'tlsVerification', kind: 'choice', choices: ['Full', 'None'] },
    ...trust,
    ...proxy,
    { name: 'subprotocol', kind: 'text' },
    { name: 'message', kind: 'text' },
    { name: 'messageContains', kind: 'text', right: true },
    certificate,
  ],
  heartbeat: [{ name: 'cron', kind: 'text', hint: '0 3 * * *' }, { name: 'timeZone', kind: 'text', hint: 'Europe/Berlin' }, { name: 'graceSeconds', kind: 'number', hint: '60' }],
};

/** When, and how sure: the same for every kind. @type {Field[]} */
export const CADENCE = [
  { name: 'periodSeconds', kind: 'number', hint: '60' },
  { name: 'timeoutSeconds', kind: 'number', hint: '10', ofAnswers: true },
  { name: 'failureThreshold', kind: 'number', hint: '2' },
  { name: 'successThreshold', kind: 'number', hint: '1' },
  { name: 'degradedAfterMillis', kind: 'number', ofAnswers: true },
];

/** What stands at a path, as proxy.host. */
export const at = (object, path) => path.split('.').reduce((node, name) => node?.[name], object);

/** The same object with something else at a path; what is empty then is not there. */
export function put(object, path, value) {
  const [name, ...rest] = path.split('.');
  const next = rest.length > 0 ? put(object?.[name] ?? {}, rest.join('.'), value) : value;
  const isEmpty = next === undefined || next === '' || (rest.length > 0 && Object.keys(next).length === 0);
  const { [name]: _, ...others } = object ?? {};
  return isEmpty ? others : { ...object, [name]: next };
}
