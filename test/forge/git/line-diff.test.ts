import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { lineDiff } from '../../../src/forge/git/line-diff.ts';
import { scratch } from '../../scratch.ts';

let folder: string;
beforeAll(() => {
  folder = scratch('diff');
});
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

describe('a line diff', () => {
  it('is a patch that git applies, and counts what it holds', () => {
    const law = fc.property(text, text, (before, after) => {
      const diff = lineDiff(before, after);
      const lines = diff.patch.split('\n');
      expect(lines.filter((line) => line.startsWith('+'))).toHaveLength(diff.additions);
      expect(lines.filter((line) => line.startsWith('-'))).toHaveLength(diff.deletions);
      if (before === after) {
        expect(diff.patch).toBe('');
        return;
      }
      writeFileSync(join(folder, 'file'), before);
      writeFileSync(join(folder, 'patch'), `--- a/file\n+++ b/file\n${diff.patch}\n`);
      execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', 'patch'], { cwd: folder, stdio: 'pipe' });
      expect(readFileSync(join(folder, 'file'), 'utf8')).toBe(after);
    });
    fc.assert(law, { numRuns: 60 });
  });

  it('shows a middle too large to compare as replaced', () => {
    const lines = (prefix: string) => Array.from({ length: 2_100 }, (_, n) => `${prefix}${n}\n`).join('');
    expect(lineDiff(`head\n${lines('a')}`, `head\n${lines('b')}`)).toMatchObject({
      additions: 2_100,
      deletions: 2_100,
    });
  });
});
