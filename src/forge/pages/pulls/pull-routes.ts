import type { PageApp } from '../page-app.ts';
import { commitPage, runPage } from './commit-page.ts';
import { postMerge, pullPage } from './pull-page.ts';

/** Pull requests, commits and checks. */
export function addPullPages(pages: PageApp): void {
  pages.get('/:owner/:repo/pull/:number{[0-9]+}', pullPage);
  pages.post('/:owner/:repo/pull/:number{[0-9]+}/merge', postMerge);
  pages.get('/:owner/:repo/commit/:sha{[0-9a-f]{40}}', commitPage);
  pages.get('/:owner/:repo/runs/:id{[0-9]+}', runPage);
}
