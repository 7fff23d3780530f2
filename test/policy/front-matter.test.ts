import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '../../src/policy/front-matter.ts';
import { scratch } from '../scratch.ts';

describe('front matter', () => {
  it('is taken apart into data and prose, each with its line', () => {
    const { value, problems } = readFrontMatter('---\nmode: observe\nmention:\n  severity: high\n---\n\nHello\n');
    expect(problems).toEqual([]);
    expect(value?.data).toEqual({ mode: 'observe', mention: { severity: 'high' } });
    expect(value?.lineOf(['mode'])).toBe(2);
    expect(value?.lineOf(['mention', 'severity'])).toBe(4);
    expect(value?.bodyLine).toBe(6);
    expect(value?.body).toBe('\nHello\n');
  });

  it('shows what is missing at the nearest part around it that exists', () => {
    const { value } = readFrontMatter('---\na: 1\nlist:\n  - x: 1\n  - y: 2\n---\n');
    expect(value?.lineOf(['list', 1, 'absent'])).toBe(5);
    expect(value?.lineOf(['absent', 'deeper'])).toBe(2);
    expect(value?.lineOf([])).toBe(1);
  });

  it('counts lines the same in files with CRLF and with a byte order mark removed', () => {
    const { value } = readFrontMatter('---\r\na: 1\r\nb:\r\n  c: 2\r\n---\r\nfirst\r\nsecond\r\n');
    expect(value?.lineOf(['b', 'c'])).toBe(4);
    expect(value?.body).toBe('first\nsecond\n');
    expect(value?.bodyLine).toBe(6);
  });

  it.each(['js', 'javascript', 'JS', 'json', 'coffee', 'cson', 'toml', 'constructor', '__proto__', 'toString'])(
    'refuses ---%s without evaluating it',
    (language) => {
      const marker = join(scratch('front-matter'), 'evaluated');
      const code = `{ a: require('fs').writeFileSync(${JSON.stringify(marker)}, '') || process.exit(9) }`;
      const read = () => readFrontMatter(`---${language}\n${code}\n---\n`);
      expect(read()).toEqual({
        problems: [{ line: 1, message: 'Front matter is YAML only: the first line must be exactly ---.' }],
      });
      expect(existsSync(marker)).toBe(false);
    },
  );

  it('gives the same problem when the same broken file is read twice', () => {
    const broken = '---\nmode: [observe\nother: }\n---\nbody\n';
    const first = readFrontMatter(broken);
    expect(first.value).toBeUndefined();
    expect(first.problems.length).toBeGreaterThan(0);
    expect(readFrontMatter(broken)).toEqual(first);
  });

  it.each([
    ['no end', '---\na: 1\n', 1, 'not closed'],
    ['an end with more on its line', '---\na: 1\n---x\n', 3, 'exactly ---'],
    ['too many bytes', `---\na: "${'x'.repeat(66_000)}"\n---\n`, 1, 'larger than 64 KiB'],
    ['a long run of blanks', `---\na: 1\n${'\n'.repeat(2_000)}b: 2\n---\n`, 2, 'blank'],
    ['a key twice', '---\na: 1\nb: 2\na: 3\n---\n', 4, 'already given'],
    ['a tag', '---\na: 1\nb: !!js/function "x"\n---\n', 3, 'tags'],
    ['a tag of our own', '---\na: !secret x\n---\n', 2, 'tags'],
    ['a key that is a list', '---\n[a]: b\n---\n', 2, 'plain text'],
    ['an alias to nothing', '---\na: 1\nb: *nothing\n---\n', 3, 'anchor'],
    ['an alias inside its own anchor', '---\na: &a\n  - 1\n  - *a\n---\n', 4, 'own anchor'],
    ['deep nesting', `---\na: ${'['.repeat(30)}${']'.repeat(30)}\n---\n`, 2, 'deeper than 20'],
    ['very deep nesting', `---\na: ${'['.repeat(30_000)}\n---\n`, 2, 'deeper than 20'],
    [
      'deep blocks',
      `---\n${Array.from({ length: 30 }, (_, i) => `${' '.repeat(i)}k:`).join('\n')}\n---\n`,
      22,
      'deeper than 20',
    ],
    ['too many keys', `---\n${Array.from({ length: 1_001 }, (_, i) => `k${i}: 1`).join('\n')}\n---\n`, 2, '1000 keys'],
  ])('refuses %s, on its line', (_what, text, line, words) => {
    const { value, problems } = readFrontMatter(text);
    expect(value).toBeUndefined();
    expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.message).toContain(words);
  });

  it('refuses aliases that pile up', () => {
    const many = `---\na: &a x\nb: [${Array.from({ length: 21 }, () => '*a').join(', ')}]\n---\n`;
    expect(readFrontMatter(many).problems[0]?.message).toContain('More than 20 aliases');
    const level = (i: number) => `l${i}: &l${i} [${Array.from({ length: 5 }, () => `*l${i - 1}`).join(', ')}]`;
    const bomb = `---\nl0: &l0 [x, x, x, x, x]\n${[1, 2, 3, 4].map(level).join('\n')}\n---\n`;
    expect(readFrontMatter(bomb).problems[0]?.message).toContain('expand to too much');
  });

  it('keeps a few aliases, Japanese text and text that looks like other YAML versions', () => {
    const { value } = readFrontMatter(
      '---\nname: 櫓\nwho: &w [hana]\nalso: *w\nyes: no\ndate: 2026-01-01\n---\n本文\n',
    );
    expect(value?.data).toEqual({ name: '櫓', who: ['hana'], also: ['hana'], yes: 'no', date: '2026-01-01' });
    expect(value?.body).toBe('本文\n');
  });

  it('tells an empty block from no block', () => {
    expect(readFrontMatter('---\n# nothing yet\n---\nx').value?.data).toBeNull();
    expect(readFrontMatter('just prose\n').value?.data).toBeUndefined();
    expect(readFrontMatter('----\nnot front matter\n').value?.data).toBeUndefined();
    expect(readFrontMatter('').value?.data).toBeUndefined();
  });
});
