import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../scripts/docs/pages.ts';

const pages = await generatedPages();

describe('pages made from code', () => {
  it('are some', () => {
    expect(pages.size).toBeGreaterThanOrEqual(3);
    expect(pages.get('docs/commands.md')).toContain('`/block <ip\\|domain>');
    expect(pages.get('docs/sources.md')).toContain('| `falco` |');
  });

  for (const [path, text] of pages) {
    it(`${path} is as npm run docs would write it`, () => {
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
    });
  }
});
