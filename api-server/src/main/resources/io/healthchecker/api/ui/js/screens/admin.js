import { html, useLoad, useState } from '../kit.js';
import { get, mayAdminister, post, role, send, team, user } from '../api.js';
import { age, moment } from '../format.js';
import { t } from '../i18n.js';
import { copy, Dialog, Empty, Failure, tell, tellError } from '../overlay.js';
import Audit from './audit.js';

const ROLES = ['viewer', 'editor', 'admin'];
const SCOPES = ['wall', ...ROLES];
const TABS = { members: Members, tokens: Tokens, audit: Audit };

/** Members, tokens, audit. @param {{tab: string}} props */
export default function Admin({ tab }) {
  return html`<main id="main" class="page" tabindex="-1"><${TABS[tab]} /></main>`;
}

const teamId = () => team.value ?? user.value.teams[0]?.id;

function Members() {
  const { value, error, again } = useLoad(() => get(`/teams/${teamId()}/members`), []);
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState();
  const change = (what, act) => async () => {
    try {
      await act();
    } catch (problem) {
      tellError(what, problem);
    }
    again();
  };
  const remove = () => {
    setRemoving(undefined);
    change(t('remove'), () => send('DELETE', `/teams/${teamId()}/members/${removing.id}`))();
  };
  return html`<header><h1>${t('nav.members')}</h1><span class="grow" />${mayAdminister() && html`<button class="primary" onClick=${() => setInviting(true)}>${t('invite')}</button>`}</header>
    ${error && html`<${Failure} what=${t('cannotLoadMembers')} error=${error} retry=${again} />`}
    ${value && html`<section class="panel scroll-x"><table><thead><tr><th>${t('auth.email')}</th><th>${t('role')}</th><th><span class="unseen">${t('actions')}</span></th></tr></thead><tbody>${value.items.map((member) => html`<tr key=${member.id}><td>${member.email}${member.id === user.value.id ? html` <span class="flag">${t('you')}</span>` : ''}</td>
      <td>${mayAdminister() && member.id !== user.value.id ? html`<select aria-label=${t('roleOf', { email: member.email })} value=${member.role.toLowerCase()} onChange=${(event) => change(t('role'), () => send('PUT', `/teams/${teamId()}/members/${member.id}`, { body: { role: event.target.value } }))()}>${ROLES.map((name) => html`<option value=${name}>${t(`role.${name}`)}</option>`)}</select>` : t(`role.${member.role.toLowerCase()}`)}</td>
      <td class="number">${mayAdminister() && member.id !== user.value.id && html`<button onClick=${() => setRemoving(member)}>${t('remove')}</button>`}</td></tr>`)}</tbody></table>
      ${value.items.length === 1 && html`<${Empty} title=${t('alone')}><p>${t('aloneText')}</p>${mayAdminister() && html`<button onClick=${() => setInviting(true)}>${t('invite')}</button>`}<//>`}</section>`}
    <section class="panel scroll-x"><h2>${t('rights')}</h2><table><thead><tr><th>${t('right')}</th>${ROLES.map((name) => html`<th>${t(`role.${name}`)}${name === role() && html` <span class="flag">${t('you')}</span>`}</th>`)}</tr></thead><tbody>${['see', 'change', 'administer'].map((right, least) => html`<tr><td>${t(`right.${right}`)}</td>${ROLES.map((_, i) => html`<td>${i >= least ? t('yes') : t('none')}</td>`)}</tr>`)}</tbody></table></section>
    ${removing && html`<${Dialog} title=${t('removeMember', { email: removing.email })} onClose=${() => setRemoving(undefined)}><p>${t('removeMemberText')}</p>
      <footer><button onClick=${() => setRemoving(undefined)}>${t('cancel')}</button><button class="danger" onClick=${remove}>${t('remove')}</button></footer><//>`}
    ${inviting && html`<${Invite} onClose=${() => { setInviting(false); again(); }} />`}`;
}

const DAYS = 7;

/** A link by which somebody joins the team; shown once. */
function Invite({ onClose }) {
  const [wanted, setWanted] = useState({ email: '', role: 'viewer' });
  const [link, setLink] = useState();
  const submit = async (event) => {
    event.preventDefault();
    try {
      const made = await post(`/teams/${teamId()}/invitations`, { ...(wanted.email ? { email: wanted.email } : {}), role: wanted.role, days: DAYS });
      setLink(`${location.origin}${made.path}`);
    } catch (error) {
      tellError(t('invite'), error);
    }
  };
  return html`<${Dialog} title=${t('invite')} onClose=${onClose}>${link
    ? html`<div class="secret"><p>${t('inviteLink', { n: DAYS })}</p><code>${link}</code><div class="buttons"><button onClick=${() => copy(link)}>${t('copy')}</button></div></div>`
    : html`<form class="edit-form" onSubmit=${submit}><label class="field">${t('auth.email')}<input type="email" autofocus value=${wanted.email} onInput=${(event) => setWanted({ ...wanted, email: event.target.value })} /></label>
      <label class="field">${t('role')}<select value=${wanted.role} onChange=${(event) => setWanted({ ...wanted, role: event.target.value })}>${ROLES.map((name) => html`<option value=${name}>${t(`role.${name}`)}</option>`)}</select></label>
      <div class="buttons end"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('invite')}</button></div></form>`}<//>`;
}

function Tokens() {
  const { value, error, again } = useLoad(() => get('/tokens'), []);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState();
  const revoke = async () => {
    try {
      await send('DELETE', `/tokens/${revoking.id}`);
      tell(t('tokenRevoked', { name: revoking.name }));
    } catch (problem) {
      tellError(t('revoke'), problem);
    }
    setRevoking(undefined);
    again();
  };
  return html`<header><h1>${t('nav.tokens')}</h1><span class="grow" /><button class="primary" onClick=${() => setMaking(true)}>${t('newToken')}</button></header>
    ${error && html`<${Failure} what=${t('cannotLoadTokens')} error=${error} retry=${again} />`}
    ${value && (value.items.length === 0 ? html`<section class="panel"><${Empty} title=${t('noTokens')}><p>${t('noTokensText')}</p><button onClick=${() => setMaking(true)}>${t('newToken')}</button><//></section>` : html`<section class="panel scroll-x"><table><thead><tr><th>${t('column.name')}</th><th>${t('scope')}</th><th>${t('expires')}</th><th>${t('lastUsed')}</th><th><span class="unseen">${t('actions')}</span></th></tr></thead>
      <tbody>${value.items.map((token) => html`<tr key=${token.id}><td>${token.name}</td><td>${t(`role.${token.scope.toLowerCase()}`)}</td><td>${token.expiresAt ? moment(token.expiresAt) : t('none')}</td><td>${token.lastUsedAt ? `${t('ago', { age: age(token.lastUsedAt) })}${token.lastUsedFrom ? ` · ${token.lastUsedFrom}` : ''}` : t('never')}</td>
        <td class="number"><button onClick=${() => setRevoking(token)}>${t('revoke')}</button></td></tr>`)}</tbody></table></section>`)}
    ${making && html`<${NewToken} onClose=${() => { setMaking(false); again(); }} />`}
    ${revoking && html`<${Dialog} title=${t('revokeTitle', { name: revoking.name })} onClose=${() => setRevoking(undefined)}><p>${revoking.lastUsedAt ? t('revokeUsed', { age: age(revoking.lastUsedAt), from: revoking.lastUsedFrom ?? t('unknown') }) : t('revokeUnused')}</p>
      <footer><button onClick=${() => setRevoking(undefined)}>${t('cancel')}</button><button class="danger" onClick=${revoke}>${t('revoke')}</button></footer><//>`}`;
}

/** A token is shown once, when it is made. */
function NewToken({ onClose }) {
  const [wanted, setWanted] = useState({ name: '', scope: 'viewer', expiresInDays: 90 });
  const [made, setMade] = useState();
  const submit = async (event) => {
    event.preventDefault();
    try {
      setMade(await post('/tokens', wanted));
    } catch (error) {
      tellError(t('newToken'), error);
    }
  };
  const secret = made?.scope === 'wall' ? `${location.origin}/wall/t/${made.token}` : made?.token;
  return html`<${Dialog} title=${t('newToken')} onClose=${onClose}>${made
    ? html`<div class="secret"><p>${t(made.scope === 'wall' ? 'wallOnce' : 'tokenOnce')}</p><code>${secret}</code><div class="buttons"><button class="primary" onClick=${() => copy(secret)}>${t('copy')}</button>${made.scope !== 'wall' && html`<button onClick=${() => copy(`curl ${location.origin}/api/v1/services -H 'Authorization: Bearer ${secret}'`)}>${t('act.copyCurl')}</button>`}</div></div>`
    : html`<form class="edit-form" onSubmit=${submit}><label class="field">${t('column.name')}<input required autofocus value=${wanted.name} placeholder="ci" onInput=${(event) => setWanted({ ...wanted, name: event.target.value })} /></label>
      <label class="field">${t('scope')}<select value=${wanted.scope} onChange=${(event) => setWanted({ ...wanted, scope: event.target.value })}>${SCOPES.map((name) => html`<option value=${name}>${t(`role.${name}`)}</option>`)}</select></label>
      <label class="field">${t('expiresIn')}<select value=${String(wanted.expiresInDays)} onChange=${(event) => setWanted({ ...wanted, expiresInDays: Number(event.target.value) })}>${[7, 30, 90, 365].map((n) => html`<option value=${n}>${t('unit.d', { n })}</option>`)}</select></label>
      <div class="buttons end"><button type="button" onClick=${onClose}>${t('cancel')}</button><button class="primary">${t('newToken')}</button></div></form>`}<//>`;
}
