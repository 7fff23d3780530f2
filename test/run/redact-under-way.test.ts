import { expect, it } from 'vitest';
import { z } from 'zod';
import { runOrder } from '../../src/investigate/agent/run-order.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import type { Store } from '../../src/ports/store.ts';
import { redactIncident } from '../../src/store/redact.ts';
import { lockAwaited } from '../store/lock-awaited.ts';

import { exampleTools } from './example-tools.ts';
import { type RunInTest, runInTest } from './run-in-test.ts';
import { attack, spine } from './spine.ts';

const person = 'Hanako Sato';

const takeOut = (store: Store) =>
  store.transaction((tx) =>
    redactIncident(tx, { incidentId: '1', text: person, by: 'ken', now: new Date('2026-03-01T12:06:00Z') }),
  );

const kept = (t: Pick<RunInTest, 'rows'>) =>
  t.rows(
    `select 'incident' as place from incident x where x::text ilike '%hanako%'
     union all select 'evidence' from evidence x where x::text ilike '%hanako%'
     union all select 'run' from investigation x where x::text ilike '%hanako%'
     union all select 'step' from investigation_step x where x::text ilike '%hanako%'
     union all select 'publication' from publication x where x::text ilike '%hanako%'`,
  );

it('what was taken out while the tools were asked is not brought back by what they found', async () => {
  let taken = 0;
  const slow: Tool = {
    name: 'slow',
    summary: 'Takes its time.',
    risk: 'own',
    each: 'incident',
    args: z.object({}),
    async run(_, { alerts }) {
      taken += 1;
      if (taken === 1) await takeOut(s.store);
      return { outcome: 'found', summary: [`seen: ${alerts[0]?.title}`], result: { alerts }, trust: 'own' };
    },
  };
  const looks = { ...exampleTools, steps: [{ tool: 'slow', each: 'incident' as const, args: {} }] };
  await using s = await spine({ playbooks: [looks] }, { tools: [slow as Tool] });
  await s.take(attack(1, { title: `Odd login of ${person}` }));
  s.pass(60);
  await s.settle();
  expect(taken).toBe(2);
  expect(await kept({ rows: async <Row>(sql: string) => (await s.store.query<Row>(sql)).rows })).toEqual([]);
  expect((await s.issue(1)).body).toContain('[redacted]');
  expect((await s.store.query('select 1 from incident where report is not null')).rowCount).toBe(1);
});

it('a run of the model that read it begins anew, and says nothing of what it read', async () => {
  await using t = await runInTest({ title: `Odd login of ${person}`, severity: 'high', host: 'web-01' });
  await t.check();
  const scripted = createScriptedModel();
  const seen: string[] = [];
  let taken = false;
  await t.runs({
    run: (order, host, signal) =>
      runOrder(
        order,
        {
          async turn(request, abort) {
            const read = JSON.stringify(request);
            seen.push(read);
            if (!taken && read.includes(person)) {
              taken = true;
              await takeOut(t.store);
            }
            return scripted.turn(request, abort);
          },
        },
        host,
        signal,
      ),
    stop: async () => undefined,
  });
  expect(taken).toBe(true);
  expect(seen.at(-1)).toContain('[redacted]');
  expect(seen.at(-1)).not.toContain(person);
  expect(await kept(t)).toEqual([]);
  expect(await t.rows('select status from investigation')).toEqual([{ status: 'done' }]);
  expect(await t.rows(`select key from publication where kind = 'comment' and key like 'run:%'`)).toHaveLength(1);
  // What it cost before stays counted.
  const [spent] = await t.rows<{ n: number }>(`select count(*)::int as n from investigation_step where kind = 'model'`);
  expect(spent?.n).toBe(seen.length);
});

it('a run of the model that is taken up while a text is taken out is begun without it', async () => {
  await using t = await runInTest({ title: `Odd login of ${person}`, severity: 'high', host: 'web-01' });
  await t.check();
  const scripted = createScriptedModel();
  const seen: string[] = [];
  let runs = Promise.resolve();
  await t.store.transaction(async (tx) => {
    await redactIncident(tx, { incidentId: '1', text: person, by: 'ken', now: t.now });
    // It reads the incident as it was, and meets the transaction when it is to start.
    runs = t.runs({
      run: (order, host, signal) =>
        runOrder(
          order,
          {
            turn(request, abort) {
              seen.push(JSON.stringify(request));
              return scripted.turn(request, abort);
            },
          },
          host,
          signal,
        ),
      stop: async () => undefined,
    });
    await lockAwaited(t);
  });
  await runs;
  expect(seen.filter((request) => request.includes(person))).toEqual([]);
  expect(await kept(t)).toEqual([]);
  expect(await t.rows('select status from investigation')).toEqual([{ status: 'done' }]);
});
