import { describe, expect, it } from 'vitest';
import { askComment } from '../../src/publish/ask-comment.ts';
import { activeIn } from './active-markdown.ts';
import { claim, runOf } from './model-stories.ts';

const claims = [
  claim([{ quote: 'xmrig' }, ' was started by ', { quote: 'www-data' }, '.'], 'E5'),
  claim(['No other incident has ', { entity: { type: 'ip', value: '203.0.113.7' } }, '.'], 'E2'),
];

const asked = { question: 'Who started it, and does @ken know?', asker: 'hana', dropped: [] };

describe('the answer to a question', () => {
  it('reads as its golden file', async () => {
    const text = askComment(
      {
        ...asked,
        claims,
        cannotSay: 'whether ken knows: no evidence names people.',
        dropped: [{ reason: 'cites nothing', count: 1 }],
        model: runOf({ requests: 2, money: 0.0312 }),
      },
      'en',
    );
    expect(activeIn(text)).toEqual([]);
    await expect(`${text}\n`).toMatchFileSnapshot('golden/answer.md');
  });

  it('says so when the evidence has no answer, and shows no sentence without evidence', () => {
    const text = askComment({ ...asked, claims: [claim(['ken did it.'])], cannotSay: '' }, 'en');
    expect(text).toBe(
      '💬 `Who started it, and does @ken know?` (hana asked)\n\nNothing in the evidence of this incident answers it.',
    );
  });

  it('stays a comment, however much a model says', () => {
    const many = Array.from({ length: 500 }, (_, k) => claim([`sentence ${k} ${'word '.repeat(500)}`], 'E1'));
    const text = askComment({ ...asked, claims: many, cannotSay: 'word '.repeat(10_000), model: runOf() }, 'en');
    expect(text.length).toBeLessThan(12_000);
    expect(text).toContain('- and 480 more');
  });
});
