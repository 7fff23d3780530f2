import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, read, root } from './pages.ts';

/** GitHub's anchor of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function broken(path: string): string[] {
  const text = read(path).replace(/^```[\s\S]*?^```$/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [file = '', hash] = target.split('#');
    const full = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(root, full))) return true;
    if (hash === undefined) return false;
    return ![...read(full).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchor(heading) === hash);
  });
}

describe('links between pages', () => {
  it('are looked at on every page', () => {
    expect(pages()).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/operate.md']));
    expect(pages().length).toBeGreaterThan(15);
  });

  for (const path of pages()) {
    it(`of ${path} lead somewhere`, () => {
      expect(broken(path)).toEqual([]);
    });
  }

  it('reach every guide from another page', () => {
    const guides = pages().filter((path) => /^docs\/[^/]+\.md$/.test(path));
    const linked = (guide: string) =>
      pages().some((path) => path !== guide && read(path).includes(guide.slice(guide.lastIndexOf('/') + 1)));
    expect(guides.length).toBeGreaterThan(5);
    expect(guides.filter((guide) => !linked(guide))).toEqual([]);
  });

  it('reach every picture from a page', () => {
    const pictures = readdirSync(join(root, 'docs/images'));
    expect(pictures.length).toBeGreaterThan(5);
    expect(pictures.filter((picture) => !pages().some((path) => read(path).includes(`images/${picture}`)))).toEqual([]);
  });
});
