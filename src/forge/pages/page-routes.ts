import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { notFound } from '../refusal.ts';
import { addAppPages, addManifestPage } from './apps/app-routes.ts';
import { addAssets } from './assets.ts';
import { errorPage } from './error-page.ts';
import { addFilePages } from './files/file-routes.ts';
import { addIssuePages } from './issues/issue-routes.ts';
import { newPageApp, type PageApp, visitOf } from './page-app.ts';
import { guardPosts, limitForms } from './post-guard.ts';
import { addPullPages } from './pulls/pull-routes.ts';
import { securityHeaders } from './security-headers.ts';

/** Every web page of the forge: server-rendered, and working without scripts but for diagrams. */
export function pageRoutes(forge: ForgeState): PageApp {
  const pages = newPageApp();
  pages.onError((error, c) => errorPage(c, error));
  pages.notFound((c) => errorPage(c, notFound()));
  pages.use('*', securityHeaders());
  addAssets(pages);
  pages.use('*', async (c, next) => {
    c.set('visit', visitOf(c, forge));
    await next();
  });
  pages.use('*', limitForms());
  addManifestPage(pages);
  pages.use('*', guardPosts(forge));
  addAppPages(pages);
  pages.get('/', (c) => {
    const main = forge.store.all('repository')[0];
    if (!main) throw notFound();
    return c.redirect(`/${fullName(forge, main)}/issues`);
  });
  pages.post('/_person', (c) => c.redirect(localPath(c.get('form').text('back')), 303));
  addIssuePages(pages);
  addPullPages(pages);
  addFilePages(pages);
  return pages;
}

/** A path of this site, or the front page: a form must not send anybody elsewhere. */
function localPath(path: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/';
}
