import type { PageApp } from '../page-app.ts';
import { blobPage, rawFile } from './blob-page.ts';
import { editPage, newFilePage } from './edit-page.ts';
import { saveEdit, saveNewFile } from './propose.ts';
import { homePage, treePage } from './tree-page.ts';

/** Files, and editing them. */
export function addFilePages(pages: PageApp): void {
  pages.get('/:owner/:repo', homePage);
  pages.get('/:owner/:repo/tree/:rest{.+}', (c) => treePage(c));
  pages.get('/:owner/:repo/blob/:rest{.+}', blobPage);
  pages.get('/:owner/:repo/raw/:rest{.+}', rawFile);
  pages.get('/:owner/:repo/edit/:rest{.+}', editPage);
  pages.post('/:owner/:repo/edit/:rest{.+}', saveEdit);
  pages.get('/:owner/:repo/new/:rest{.+}', newFilePage);
  pages.post('/:owner/:repo/new/:rest{.+}', saveNewFile);
}
