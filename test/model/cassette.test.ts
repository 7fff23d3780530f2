import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cassette } from '../../src/model/cassette.ts';
import { type FakeAnswer, inTurn } from './fake/answers.ts';
import { key, modelInTest } from './model-in-test.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cassette-'));
  file = join(folder, 'incidents', 'one.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const output = z.object({ verdict: z.string() });
const shaped = { says: [{ text: '{"verdict":"benign"}' }] };
const looks = {
  says: [
    { thinking: 'Hm.' },
    { text: 'A longer text, in several pieces.' },
    { tool: 'look', id: 'toolu_1', input: { host: 'web-1', deep: true } },
  ],
};

async function recording(handler: Parameters<typeof modelInTest>[0]) {
  return await modelInTest(handler, { middleware: [cassette(file, 'record')] });
}

/** A model whose server is away, so that only the cassette can answer. */
async function replaying() {
  const test = await modelInTest(inTurn({ cut: true }), { middleware: [cassette(file, 'replay')] });
  await test[Symbol.asyncDispose]();
  return test;
}

describe('a cassette', () => {
  it('gives again what was recorded, streamed or not, without a server', async () => {
    await using record = await recording(({ body }) => (body.stream ? looks : shaped));
    const first = [await record.turn(), await record.turn({ output }), await record.turn({ maxTokens: 7 })];
    const replay = await replaying();
    const again = [await replay.turn(), await replay.turn({ output }), await replay.turn({ maxTokens: 7 })];
    expect(again).toEqual(first);
    expect(again[0]?.content).toHaveLength(3);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toHaveLength(3);
  });

  it('does not answer what it has not heard, and names the file', async () => {
    await using record = await recording(inTurn(looks));
    await record.turn();
    const replay = await replaying();
    const error = await replay.failure({ system: 'Another prompt.' });
    expect(error.reason).toBe('invalid');
    expect(error.message).toBe(`The cassette ${file} has no answer to this request: record it anew with a key.`);
    expect(replay.waits).toEqual([]);
  });

  it('that is not there says so', async () => {
    expect((await (await replaying()).failure()).message).toMatch(/one\.json does not exist: record it anew/);
  });

  const passing: [name: string, answer: FakeAnswer][] = [
    ['529', { status: 529, error: 'overloaded_error' }],
    ['a stream cut in the middle', { ...looks, breaks: { after: 6, by: 'cut' } }],
    ['overloaded in mid-stream', { ...looks, breaks: { after: 6, by: 'overloaded' } }],
    ['a stream without message_stop', { ...looks, breaks: { after: -1, by: 'end' } }],
  ];
  for (const [name, answer] of passing) {
    it(`keeps the answer that came after ${name}, and not the failure`, async () => {
      await using record = await recording(inTurn(answer, looks));
      const { content } = await record.turn();
      expect(record.api.requests).toHaveLength(2);
      expect((await (await replaying()).turn()).content).toEqual(content);
    });
  }

  it('keeps nothing of a turn that never got a whole answer', async () => {
    for (const [, answer] of passing) {
      await using record = await recording(inTurn(answer));
      await record.failure();
      expect(existsSync(file)).toBe(false);
    }
  });

  it('keeps no header, no key and nothing that looks like a secret, not even cut in two', async () => {
    const leaked = `AKIA${'Q'.repeat(16)}`;
    const request = { messages: [{ role: 'user' as const, content: `Raw: password=hunter2hunter2 ${leaked}` }] };
    const says = [
      { text: `Found ${leaked} and ${key}.` },
      { tool: 'look', id: 'toolu_1', input: { password: 'correct horse', note: `use ${leaked}`, host: 'web-1' } },
    ];
    await using record = await recording(inTurn({ says }));
    await record.turn(request);
    await record.turn({ ...request, output });
    const text = readFileSync(file, 'utf8');
    for (const secret of [leaked, key, 'hunter2', 'correct horse', 'authorization', 'x-api-key']) {
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    const { content } = await (await replaying()).turn(request);
    expect(content).toMatchObject([
      { text: 'Found [secret removed] and [secret removed].' },
      { input: { password: '[secret removed]', note: 'use [secret removed]', host: 'web-1' } },
    ]);
  });

  it('is in one order whatever the order of the requests, so that a new recording is a small diff', async () => {
    await using one = await recording(({ body }) => (body.stream ? looks : shaped));
    await one.turn();
    await one.turn({ output });
    const text = readFileSync(file, 'utf8');
    await using other = await recording(({ body }) => (body.stream ? looks : shaped));
    await other.turn({ output });
    await other.turn();
    const order = (of: string) => Object.keys(JSON.parse(of));
    expect(order(readFileSync(file, 'utf8'))).toEqual(order(text));
  });
});
