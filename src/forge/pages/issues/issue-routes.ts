import type { PageApp } from '../page-app.ts';
import { editCommentPage, postEditComment } from './edit-comment.ts';
import { editIssue, editIssuePage, postComment, toggleAssignee, toggleLabel } from './issue-actions.ts';
import { issueOf, issuePage } from './issue-page.ts';
import { listPage } from './list-page.ts';
import { newIssuePage, postNewIssue } from './new-issue-page.ts';
import { issueVersion } from './version.ts';

/** Lists, issues and what can be done on them. */
export function addIssuePages(pages: PageApp): void {
  const one = '/:owner/:repo/issues/:number{[0-9]+}';
  pages.get('/:owner/:repo/issues', (c) => listPage(c, 'issues'));
  pages.get('/:owner/:repo/pulls', (c) => listPage(c, 'pulls'));
  pages.get('/:owner/:repo/issues/new', newIssuePage);
  pages.post('/:owner/:repo/issues/new', postNewIssue);
  pages.get(one, issuePage);
  pages.get(`${one}/version`, (c) => {
    const { scene, issue } = issueOf(c);
    return c.json({ version: issueVersion(scene.forge, issue) });
  });
  pages.get('/:owner/:repo/:kind{issues|pull}/:number{[0-9]+}/edit', editIssuePage);
  pages.post(`${one}/comments`, postComment);
  pages.post(`${one}/labels`, toggleLabel);
  pages.post(`${one}/assignees`, toggleAssignee);
  pages.post(`${one}/edit`, editIssue);
  pages.get('/:owner/:repo/comments/:id{[0-9]+}/edit', editCommentPage);
  pages.post('/:owner/:repo/comments/:id{[0-9]+}/edit', postEditComment);
}
