import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCases } from '../../../bench/eval/case.ts';
import { evaluate } from '../../../bench/eval/evaluate.ts';
import { investigators } from '../../../bench/eval/investigators.ts';
import { cassette } from '../../../src/model/cassette.ts';
import { fakeMessagesApi } from '../../model/fake/fake-messages-api.ts';
import { scratch } from '../../scratch.ts';
import { testDatabase } from '../../store/postgres.ts';

const [one] = loadCases();

/** What the model of an address was asked and did, over the first incident. */
async function evaluated(url: string, file: string, mode: 'record' | 'replay') {
  const env = { ANTHROPIC_API_KEY: 'key-of-the-test', ANTHROPIC_BASE_URL: url };
  const model = investigators(env, cassette(file, mode)).filter(({ name }) => name === 'model');
  const rows = (await evaluate(one ? [one] : [], model, testDatabase)).get('model');
  if (!rows?.[0]) throw new Error('nothing was evaluated');
  return rows[0];
}

it('an evaluation is recorded with a server and replayed without one, request for request', async () => {
  const file = join(scratch('tape'), 'tape.json');
  const plan = { intent: 'Nothing more.', tasks: [] };
  await using api = await fakeMessagesApi(({ number }) =>
    number % 2 === 1
      ? { says: [{ text: JSON.stringify(plan) }] }
      : { says: [], refusal: { category: 'cyber', explanation: null } },
  );
  const recorded = await evaluated(api.url, file, 'record');
  const asked = api.requests.length;
  expect(asked).toBeGreaterThanOrEqual(4);
  const replayed = await evaluated(api.url, file, 'replay');
  expect(api.requests.length).toBe(asked);
  expect(replayed).toEqual(recorded);
  expect(recorded.with.usage.requests).toBeGreaterThan(0);
});
