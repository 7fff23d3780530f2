import { html } from 'hono/html';
import { accountByLogin } from '../../lookups.ts';
import { AppManifest, installApp, registerApp } from '../../operations/apps.ts';
import { notFound, Refusal } from '../../refusal.ts';
import type { App } from '../../state/entities.ts';
import { parseForm } from '../form.ts';
import { personSelect, showPage } from '../layout.ts';
import type { PageApp, PageContext } from '../page-app.ts';
import { pagePolicy } from '../security-headers.ts';

/**
 * The page a manifest's form leads to, from wherever it was sent: as on GitHub it makes nothing, but asks whether to.
 * Before the guard of posts, since that form is no form of ours.
 */
export function addManifestPage(pages: PageApp): void {
  pages.post('/organizations/:org/settings/apps/new', async (c) => {
    const visit = c.get('visit');
    const org = accountByLogin(visit.forge, c.req.param('org'));
    if (org?.type !== 'Organization') throw notFound();
    const text = parseForm(await c.req.text()).text('manifest');
    const manifest = manifestOf(text);
    const rows = Object.entries(manifest.default_permissions).map(
      ([name, level]) => html`<li><code>${name}</code>: ${level}</li>`,
    );
    const body = html`<h1>Create GitHub App for ${org.login}</h1>
<p><b>${manifest.name}</b> will receive webhooks at <code>${manifest.hook_attributes?.url ?? 'no address'}</code>.</p>
<ul>${rows}</ul>
<form class="comment" method="post" action="/organizations/${org.login}/settings/apps">
<input type="hidden" name="token" value="${visit.token}">
<textarea name="manifest" hidden>${`\n${text}`}</textarea>
<label>Act as ${personSelect(visit)}</label>
<button class="primary">Create GitHub App for ${org.login}</button>
</form>`;
    // The form's answer leads on to where the manifest says.
    c.header('content-security-policy', pagePolicy(new URL(manifest.redirect_url).origin));
    return showPage(c, { title: `Create ${manifest.name}`, body });
  });
}

/** Making an app and installing it: what an owner of an organization does in its settings. */
export function addAppPages(pages: PageApp): void {
  pages.post('/organizations/:org/settings/apps', (c) => {
    const { visit, org } = settingsOf(c);
    const manifest = manifestOf(c.get('form').text('manifest'));
    const { code } = visit.forge.store.transact(() => registerApp(visit.forge, org, manifest));
    const back = new URL(manifest.redirect_url);
    back.searchParams.set('code', code);
    return c.redirect(back.href, 302);
  });
  pages.get('/organizations/:org/settings/apps/:slug/installations', (c) => {
    const { visit, org } = settingsOf(c);
    const app = appAt(c);
    const boxes = visit.forge.store
      .all('repository')
      .filter((repo) => repo.ownerId === org.id)
      .map((repo) => html`<label><input type="checkbox" name="repository" value="${repo.name}"> ${repo.name}</label>`);
    const body = html`<h1>Install ${app.name} on ${org.login}</h1>
<form class="comment" method="post">
<input type="hidden" name="token" value="${visit.token}">
<input type="hidden" name="as" value="${visit.person.login}">
<p>On which repositories?</p>
${boxes}
<button class="primary">Install</button>
</form>`;
    return showPage(c, { title: `Install ${app.name}`, body });
  });
  pages.post('/organizations/:org/settings/apps/:slug/installations', (c) => {
    const { visit, org } = settingsOf(c);
    const { forge, person } = visit;
    const names = c.get('form').all('repository');
    const repos = forge.store.all('repository').filter((one) => one.ownerId === org.id && names.includes(one.name));
    forge.store.transact(() => installApp(forge, person, appAt(c), repos));
    return c.redirect(`/organizations/${org.login}/settings/apps/${appAt(c).slug}/installations`, 303);
  });
}

/** Who looks at which organization's settings; only its owners may. */
function settingsOf(c: PageContext) {
  const visit = c.get('visit');
  const org = accountByLogin(visit.forge, c.req.param('org') ?? '');
  if (org?.type !== 'Organization') throw notFound();
  const role = visit.forge.store.get('orgMember', `${org.id}:${visit.person.id}`)?.role;
  if (role !== 'admin') throw new Refusal(403, `Only owners of ${org.login} see its settings.`);
  return { visit, org };
}

function appAt(c: PageContext): App {
  const app = c
    .get('visit')
    .forge.store.all('app')
    .find((one) => one.slug === c.req.param('slug'));
  if (!app) throw notFound();
  return app;
}

function manifestOf(text: string): AppManifest {
  try {
    return AppManifest.parse(JSON.parse(text));
  } catch {
    throw new Refusal(422, 'This is no manifest of a GitHub App: its JSON lacks a name, a url or a redirect_url.');
  }
}
