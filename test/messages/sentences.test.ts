import { describe, expect, it } from 'vitest';
import { sentencesIn, sourceFiles } from './sentences.ts';

/** Files or folders whose sentences all stand in the message table. */
const moved = ['src/publish/queue.ts', 'src/publish/receipt.ts', 'src/publish/vulnerable-places.ts'];

/** What is not written for readers in those files, by path: texts that are no words of ours to them. */
const notWords: Record<string, string[]> = {
  // The name of a field that the source quotes.
  'src/publish/vulnerable-places.ts': ['fixed in'],
};

describe('a sentence in the code', () => {
  it('is found by whoever looks for one', () => {
    const code = [
      "const a = 'Look at this now.';",
      "log('nobody reads this here');",
      'const b = `$' + '{a} is not decided`;',
    ].join('\n');
    expect(sentencesIn('x.ts', code)).toEqual(['1: Look at this now.', '3: … is not decided']);
  });

  it.each(moved)('%s has none: its words are in the message table', (place) => {
    const files = sourceFiles().filter(({ path }) => path === place || path.startsWith(`${place}/`));
    expect(files.length).toBeGreaterThan(0);
    for (const { path, text } of files) {
      const left = sentencesIn(path, text).filter(
        (found) => !(notWords[path] ?? []).some((known) => found.includes(known)),
      );
      expect(left, path).toEqual([]);
    }
  });
});
