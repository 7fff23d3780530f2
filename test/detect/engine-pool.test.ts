import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { BlockAnswer } from '../../src/detect/block-answer.ts';
import { EngineFailure, EnginePool, type EngineSetup } from '../../src/detect/engine-pool.ts';

const text = `title: Three failures
correlation: { type: event_count, rules: [failure], group-by: [user], timespan: 5m, condition: { gte: 3 } }
---
title: A failure
name: failure
logsource: { category: test }
detection: { s: { result: failure }, condition: s }
---
title: Root
logsource: { category: test }
detection: { s: { user: root }, condition: s }
`;
const setup: EngineSetup = { files: [{ path: 'rules.yml', text }], logsource: { category: 'test' } };

/** A block of its own memory. */
const block = (...lines: unknown[]) =>
  new Uint8Array(
    new TextEncoder().encode(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')),
  );

async function* given<T>(...blocks: T[]): AsyncGenerator<T> {
  yield* blocks;
}

async function answers(pool: EnginePool, blocks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<BlockAnswer[]> {
  const all: BlockAnswer[] = [];
  for await (const answer of pool.match(blocks)) all.push(answer);
  return all;
}

describe('a pool of engines', () => {
  it('answers with what matched, what correlations ask, and the lines that hold no event', async () => {
    const pool = new EnginePool(setup, 1);
    const time = Date.UTC(2026, 2, 1);
    const lines = [
      '{"broken":',
      { user: 'root', result: 'failure', timestamp: '2026-03-01T00:00:00Z' },
      '',
      { user: 'bob' },
      'text',
    ];
    expect(await answers(pool, given(block(...lines)))).toEqual([
      {
        lines: 4,
        events: [
          {
            line: 1,
            time,
            matches: [
              { rule: 0, values: new Map([['user', 'root']]) },
              { rule: 1, fields: '{"user":"root"}' },
            ],
          },
        ],
        left: [
          { line: 0, text: '{"broken":' },
          { line: 3, text: 'text' },
        ],
      },
    ]);
    await pool.close();
  });

  it('keeps the order of the blocks, and takes no more of them than it works on', async () => {
    const pool = new EnginePool(setup, 2);
    let taken = 0;
    async function* many() {
      for (let k = 0; k < 60; k += 1) {
        taken += 1;
        // Long and short ones in turns, so that threads would overtake each other.
        yield block(...Array.from({ length: k % 3 === 0 ? 300 : 1 }, () => ({ user: 'root', k })));
      }
    }
    let answered = 0;
    for await (const { lines } of pool.match(many())) {
      expect(lines).toBe(answered % 3 === 0 ? 300 : 1);
      expect(taken - answered).toBeLessThanOrEqual(2 * 2);
      answered += 1;
    }
    expect(answered).toBe(60);
    await pool.close();
  });

  it('answers the blocks before the error that ends them, and throws it then', async () => {
    const pool = new EnginePool(setup, 2);
    async function* failing() {
      yield* [block({ user: 'root' }), block({ user: 'bob' })];
      throw new Error('no more');
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const answer of pool.match(failing())) seen.push(answer.events.length);
    })();
    await expect(reading).rejects.toThrow('no more');
    expect(seen).toEqual([1, 0]);
    await pool.close();
  });

  it('fails what waits for a thread that ends, and what comes after', async () => {
    const pool = new EnginePool(setup, 1);
    const waiting = answers(pool, given(block({ user: 'root' })));
    await Promise.all([expect(waiting).rejects.toBeInstanceOf(EngineFailure), after(0).then(() => pool.close())]);
    await expect(answers(pool, given(block({ user: 'root' })))).rejects.toBeInstanceOf(EngineFailure);
  });

  it('says what a thread threw', async () => {
    const pool = new EnginePool({ files: [{ path: 'rule.yml', text: null as unknown as string }] }, 2);
    await expect(answers(pool, given(block({}), block({}), block({})))).rejects.toThrow(
      /^A thread that matches events failed: .+\.$/,
    );
    await pool.close();
  });
});
