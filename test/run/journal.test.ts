import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical.ts';
import type { Host } from '../../src/investigate/agent/host.ts';
import type { Investigator } from '../../src/investigate/agent/order.ts';
import { runOrder } from '../../src/investigate/agent/run-order.ts';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import type { Model } from '../../src/ports/model.ts';
import { type RunInTest, runInTest } from './run-in-test.ts';

/** Whether the process dies before a step is written down, or right after. */
type Moment = 'before' | 'after';

interface Life {
  /** Steps of the host this far, over all lives. */
  steps: string[];
  /** Requests that were sent, without what differs from run to run. */
  requests: string[];
  /** What the store is still at for a dead process. */
  open: Promise<unknown>[];
}

/** A model that writes down what it is asked; the marker of a run is random. */
function recorded(life: Life): Model {
  const scripted = createScriptedModel();
  return {
    turn(request, signal) {
      const { output, ...rest } = request;
      const text = canonicalJson({ ...rest, output: output !== undefined });
      life.requests.push(text.replace(/=== [0-9a-f]{24} ===/g, '='));
      return scripted.turn(request, signal);
    },
  };
}

/** Dies at the `n`th step of the host; like a process, it says nothing more. */
function dyingAt(n: number, moment: Moment, life: Life): Investigator {
  let dead = false;
  const model = recorded(life);
  return {
    run(order, host, signal) {
      let die = (): void => undefined;
      const death = new Promise<never>((_resolve, reject) => {
        die = () => {
          dead = true;
          reject(new Error('killed'));
        };
      });
      // What a dead process waits for never comes.
      const never = () => {
        die();
        return new Promise<never>(() => undefined);
      };
      const dying = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        if (dead) return new Promise(() => undefined);
        life.steps.push(name);
        const mine = life.steps.length === n;
        if (mine && moment === 'before') return never();
        const working = work();
        life.open.push(working);
        const value = await working;
        return mine || dead ? never() : value;
      };
      const watched: Host = {
        before: (asked) => dying(`before ${asked.key}`, () => host.before(asked)),
        after: (key, reply) => dying(`after ${key}`, () => host.after(key, reply)),
        ask: (key, tool, args) => dying(`ask ${key}`, () => host.ask(key, tool, args)),
        extracted: (key, answer) => dying(`extracted ${key}`, () => host.extracted(key, answer)),
        evidence: (phase) => dying(`evidence ${phase}`, () => host.evidence(phase)),
      };
      return Promise.race([runOrder(order, model, watched, signal), death]);
    },
    stop: async () => undefined,
  };
}

const whole = (life: Life): Investigator => ({
  run: (order, host, signal) => runOrder(order, recorded(life), host, signal),
  stop: async () => undefined,
});

const result = `select i.report, (select json_agg(json_build_object('n', number, 'tool', tool, 'hash', hash) order by number) from evidence) as evidence,
  (select count(*)::int from publication where key like 'run:%') as comments from incident i`;

async function played(t: RunInTest, life: Life): Promise<void> {
  await t.check();
  await t.runs(whole(life));
}

/** Every step of a run that nobody kills, once. */
async function undisturbed() {
  await using t = await runInTest();
  const life: Life = { steps: [], requests: [], open: [] };
  await t.check();
  await t.runs(dyingAt(-1, 'before', life));
  return { life, result: await t.rows(result) };
}

const calm = await undisturbed();

it('there are steps enough to die at', () => {
  expect(calm.life.requests.length).toBeGreaterThan(6);
  expect(calm.life.steps.length).toBeGreaterThan(20);
});

describe.each(['after', 'before'] as const)('killed %s a step of the journal', (moment) => {
  it.each(calm.life.steps.map((name, k) => [name, k + 1] as const))(
    '%s: goes on there, and ends the same',
    async (_name, n) => {
      await using t = await runInTest();
      const life: Life = { steps: [], requests: [], open: [] };
      await t.check();
      await t.runs(dyingAt(n, moment, life));
      expect(await t.rows('select status, attempts from investigation')).toEqual([{ status: 'running', attempts: 1 }]);
      // Requests that were under way: their answers never reached the journal, so they are asked again, and what they
      // may have cost stays counted.
      const answered = `select count(*)::int as n from investigation_step where kind = 'model' and reply is not null`;
      await Promise.allSettled(life.open);
      const lost = life.requests.length - ((await t.rows<{ n: number }>(answered))[0]?.n ?? 0);
      expect(lost).toBeLessThanOrEqual(2);
      t.now = new Date(t.now.getTime() + 11_000);
      await t.runs(whole(life));
      expect(await t.rows('select status from investigation')).toEqual([{ status: 'done' }]);
      expect(untimed(await t.rows(result))).toEqual(untimed(calm.result));
      expect([...new Set(life.requests)].sort()).toEqual([...calm.life.requests].sort());
      expect(life.requests.length).toBe(calm.life.requests.length + lost);
      const [counted] = await t.rows<{ lost: string }>('select sum(lost_tokens) as lost from investigation_step');
      if (lost > 0) expect(Number(counted?.lost)).toBeGreaterThan(1_000);
    },
  );
});

/** Without the moments, which differ by the wait, and the cost, which counts what was lost. */
function untimed(rows: unknown[]): unknown {
  return JSON.parse(
    JSON.stringify(rows)
      .replace(/"at":"[^"]*"/g, '"at":""')
      .replace(/"money":[\d.e-]+/g, '"money":0'),
  );
}

describe('a run', () => {
  it('of another hash under a known key is not taken for the one before', async () => {
    await using t = await runInTest();
    const life: Life = { steps: [], requests: [], open: [] };
    await played(t, life);
    await t.rows(`update investigation_step set request_hash = 'other'`);
    await t.rows(`update investigation set status = 'running'`);
    await t.runs(whole(life));
    expect(await t.rows(`select status, outcome->>'fallback' as why from investigation`)).toEqual([
      { status: 'stopped', why: 'what it was told has changed since it began' },
    ]);
  });
});
