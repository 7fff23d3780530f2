import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { may, READ } from '../access.ts';
import { fullName } from '../lookups.ts';
import type { Html } from './html.ts';
import type { PageContext, Scene, Visit } from './page-app.ts';
import { peopleToBe } from './people.ts';

export interface Page {
  title: string;
  body: Html;
  /** The repository the page belongs to; its tabs are shown. */
  scene?: Scene;
  tab?: 'issues' | 'pulls' | 'files';
  status?: number;
}

/** A whole page around `body`. */
export async function showPage(c: PageContext, page: Page): Promise<Response> {
  const visit = c.get('visit');
  const text = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · Yagura forge</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/site.css">
<script src="/assets/fresh.js" defer></script>
<script src="/assets/diagrams.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${header(c, visit, page)}
<main id="main">
${page.body}
</main>
<footer>Powered by Yagura's embedded forge: everything here lives on this machine.</footer>
</body>
</html>`;
  // Through the context, not a response of its own: only so do the cookies of the session go with it.
  return c.html(String(text), (page.status ?? 200) as ContentfulStatusCode);
}

function header(c: PageContext, visit: Visit, page: Page): Html {
  return html`<header>
<div class="bar">
<a class="brand" href="/"><span aria-hidden="true">櫓</span> Yagura</a>
<nav class="repos" aria-label="Repositories">${repositories(visit, page)}</nav>
${whoForm(c, visit)}
</div>
${page.scene ? tabs(page.scene, page.tab) : ''}
</header>`;
}

function repositories(visit: Visit, page: Page): Html[] {
  const actor = { kind: 'user' as const, user: visit.person };
  const seen = visit.forge.store.all('repository').filter((repo) => may(visit.forge, actor, repo, READ('metadata')));
  return seen.map((repo) => {
    const name = fullName(visit.forge, repo);
    const current = repo.id === page.scene?.repo.id ? html` aria-current="true"` : '';
    return html`<a href="/${name}/issues"${current}>${name}</a>`;
  });
}

function whoForm(c: PageContext, visit: Visit): Html {
  const back = c.req.method === 'GET' ? pathOf(c) : '/';
  return html`<form class="who" method="post" action="/_person">
<input type="hidden" name="token" value="${visit.token}">
<input type="hidden" name="back" value="${back}">
<label><span class="words">You are</span> ${personSelect(visit)}</label>
<button>Switch</button>
</form>`;
}

function pathOf(c: PageContext): string {
  const url = new URL(c.req.url);
  return url.pathname + url.search;
}

/** The choice of a person to act as; its field is `as`. */
export function personSelect(visit: Visit): Html {
  const options = peopleToBe(visit.forge).map(({ login, part }) => {
    const selected = login === visit.person.login ? html` selected` : '';
    return html`<option value="${login}"${selected}>${login} (${part})</option>`;
  });
  return html`<select name="as">${options}</select>`;
}

function tabs(scene: Scene, tab: Page['tab']): Html {
  const open = scene.forge.store.group('issue', scene.repo.id).filter((issue) => issue.state === 'open');
  const pulls = open.filter((issue) => issue.pull).length;
  const link = (id: Page['tab'], path: string, text: string, count?: number) =>
    html`<a href="${scene.home}${path}"${
      id === tab ? html` aria-current="page"` : ''
    }>${text}${count ? html` <span class="count">${count}</span>` : ''}</a>`;
  return html`<nav class="tabs" aria-label="${scene.name}">
${link('issues', '/issues', 'Issues', open.length - pulls)}
${link('pulls', '/pulls', 'Pull requests', pulls)}
${link('files', '', 'Files')}
</nav>`;
}
