import { describe, expect, it } from 'vitest';
import { everyLanguage } from '../../src/domain/locale.ts';
import type { ModelBudget } from '../../src/domain/policy.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Investigator } from '../../src/investigate/agent/order.ts';
import { runOrder } from '../../src/investigate/agent/run-order.ts';
import { modelFailureWords } from '../../src/messages/model-failure.ts';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import { type Model, ModelError, type ModelReply, type ModelRequest } from '../../src/ports/model.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { exampleTools } from './example-tools.ts';
import { type RunInTest, runInTest } from './run-in-test.ts';
import { attack, spine } from './spine.ts';

const scripted = createScriptedModel();

/** The scripted model, changed from one request on. */
function changed(change: (request: ModelRequest, n: number) => Promise<ModelReply> | undefined): Investigator {
  let n = 0;
  const model: Model = {
    turn(request, signal) {
      n += 1;
      return change(request, n) ?? scripted.turn(request, signal);
    },
  };
  return { run: (order, host, signal) => runOrder(order, model, host, signal), stop: async () => undefined };
}

const ordinary = () => changed(() => undefined);

async function reportOf(t: RunInTest): Promise<Report> {
  const [row] = await t.rows<{ report: Report }>('select report from incident');
  if (!row) throw new Error('no incident');
  return row.report;
}

const comments = `select key, text from publication where kind = 'comment' order by id`;

describe('a model that investigates', () => {
  it('adds its assessment to the issue, and says so in one comment', async () => {
    await using s = await spine({ playbooks: [exampleTools] }, { model: scripted });
    await s.take(attack(1));
    const { body, labels } = await s.issue(1);
    expect(labels).toContain('verdict: suspicious?');
    expect(body).toContain('**Assessment**');
    expect(body).toMatch(/Model: \d+ requests/);
    const [comment, ...more] = await s.ourComments(1);
    expect(comment).toContain('Suspicious (low confidence)');
    expect(more).toEqual([]);
  });

  it('answers a question in a comment of its own', async () => {
    await using s = await spine({ playbooks: [exampleTools] }, { model: scripted });
    await s.take(attack(1));
    await s.comment('hana', 1, '/ask was 203.0.113.1 seen before?');
    const answer = (await s.ourComments(1)).at(-1) ?? '';
    expect(answer).toContain('💬 `was 203.0.113.1 seen before?` (hana asked)');
    expect(answer).toMatch(/- .*`203\.0\.113\[\.\]1`.* \[E\d+\]/);
  });

  it('is not asked by somebody without the right', async () => {
    await using s = await spine({ playbooks: [exampleTools] }, { model: scripted });
    await s.take(attack(1));
    await s.comment('otto', 1, '/ask what is in the raw record?');
    expect(await s.store.query(`select 1 from investigation where kind = 'ask'`)).toMatchObject({ rowCount: 0 });
  });

  it('wakes whom the policy mentions before the model is done', async () => {
    await using t = await runInTest(undefined, { mention: { severity: 'high', who: ['ken'] } });
    await t.check();
    expect(await t.rows(comments)).toEqual([{ key: 'report:1', text: expect.stringContaining('@ken') }]);
    await t.runs(ordinary());
    expect((await t.rows<{ key: string }>(comments)).map((c) => c.key)).toEqual(['report:1', 'run:1']);
  });

  it('looks once by itself at each severity, and again when somebody asks', async () => {
    await using t = await runInTest();
    await t.check();
    await t.runs(ordinary());
    await t.rows(`update incident set investigate_at = date_trunc('milliseconds', now())`);
    t.now = new Date(Date.now() + 60_000);
    await t.check();
    expect(await t.rows('select 1 from investigation')).toHaveLength(1);
    expect((await reportOf(t)).assessment).toBeDefined();
    await t.rows(`update incident set severity = 'critical', investigate_at = date_trunc('milliseconds', now())`);
    await t.check();
    expect(await t.rows('select 1 from investigation')).toHaveLength(2);
  });

  it('is not asked where a policy rule gives the verdict', async () => {
    const origin = { path: 'policies/triage.md', line: 4 };
    const rule = { when: { title: ['Login failures'] }, verdict: 'test', because: 'Ours.', origin } as const;
    await using t = await runInTest(undefined, { verdictRules: [{ ...rule, when: { title: ['Login failures'] } }] });
    await t.check();
    expect(await t.rows('select 1 from investigation')).toEqual([]);
    expect(await reportOf(t)).toMatchObject({ verdict: 'test', investigator: 'deterministic' });
  });
});

describe('a model that does not answer', () => {
  const refusal = async (): Promise<ModelReply> => ({
    model: 'm',
    content: [],
    stopReason: 'refusal',
    refusal: 'cyber',
    usage: { input: 10, cacheRead: 0, cacheWrite: 0, output: 0 },
  });

  it.each([1, 3, 6])(
    'because it refuses at request %i: the check stands, nothing is lowered, and the issue says why',
    async (at) => {
      await using t = await runInTest();
      await t.check();
      const before = await t.rows('select severity, verdict, status from incident');
      const checked = await reportOf(t);
      await t.runs(changed((_request, n) => (n >= at ? refusal() : undefined)));
      const after = await reportOf(t);
      expect(after).toMatchObject({ verdict: 'not-assessed', investigator: 'deterministic', claims: checked.claims });
      expect(after.fallback).toBe('it refused to answer (cyber)');
      expect(await t.rows('select severity, verdict, status from incident')).toEqual(before);
      expect(await t.rows('select status from investigation')).toEqual([{ status: 'failed' }]);
    },
  );

  it('because it is away: it is tried again with growing waits, then the issue says so', async () => {
    await using t = await runInTest();
    await t.check();
    const away = changed(() => Promise.reject(new ModelError('overloaded', 'The server is overloaded.')));
    const waits: number[] = [];
    for (let life = 0; life < 8; life += 1) {
      await t.runs(away);
      const [row] = await t.rows<{ status: string; at: Date | null }>(
        'select status, not_before as at from investigation',
      );
      if (row?.status === 'failed') break;
      waits.push((row?.at?.getTime() ?? 0) - t.now.getTime());
      t.now = row?.at ?? t.now;
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 160_000]);
    expect((await reportOf(t)).fallback).toBe('it could not be reached: The server is overloaded.');
  });

  it('because the key is wrong: it is said at once in the language of the room', async () => {
    await using t = await runInTest(undefined, { language: 'ja' });
    await t.check();
    const sentence = everyLanguage((language) => modelFailureWords(language).key('models.example', ''));
    await t.runs(changed(() => Promise.reject(new ModelError('unauthorized', sentence))));
    expect((await reportOf(t)).fallback).toBe(
      '要求が受け付けられませんでした: モデルのサーバー models.example にキーを拒否されました。ANTHROPIC_API_KEY を確認してください。',
    );
  });

  it('because the key is wrong: it is said at once', async () => {
    await using t = await runInTest();
    await t.check();
    await t.runs(changed(() => Promise.reject(new ModelError('unauthorized', 'The key was not accepted.'))));
    expect((await reportOf(t)).fallback).toBe('the request was not accepted: The key was not accepted.');
  });

  it('in the shape asked for is asked once more, then the check stands', async () => {
    await using t = await runInTest();
    await t.check();
    const prose = changed(async (request, n) => {
      const reply = await scripted.turn(request, new AbortController().signal);
      return n < 2 ? reply : { ...reply, content: [{ type: 'text', text: 'I think it is fine.', citations: null }] };
    });
    await t.runs(prose);
    expect((await reportOf(t)).fallback).toBe('what it wrote had not the shape of an answer');
  });
});

describe('a budget', () => {
  const withBudget = (budget: Partial<ModelBudget>) => {
    const policy = policyOf();
    return runInTest(undefined, { modelBudget: { ...policy.modelBudget, ...budget } });
  };
  const spent = `select coalesce(sum(tokens + lost_tokens), 0)::int as tokens, coalesce(sum(money + lost_money), 0)::float / 1e6 as money,
    count(*)::int as requests from investigation_step where kind = 'model'`;

  it.each([
    ['tokens of an incident', { tokensPerIncident: 100_000 }, 'tokens'],
    ['money of an incident', { moneyPerIncident: 0.3 }, 'money'],
    ['money of a month', { moneyPerMonth: 0.3 }, 'money'],
    ['requests of a run', { requestsPerRun: 4 }, 'requests'],
  ] as const)('of %s that runs short ends in a report of what is known, within it', async (_, budget, unit) => {
    await using t = await withBudget(budget);
    await t.check();
    await t.runs(ordinary());
    const [used] = await t.rows<Record<string, number>>(spent);
    expect(used?.[unit]).toBeLessThanOrEqual(Object.values(budget)[0] ?? 0);
    expect(used?.requests).toBeLessThan(8);
    expect((await reportOf(t)).assessment).toBeDefined();
    expect(await t.rows('select status from investigation')).toEqual([{ status: 'done' }]);
  });

  it.each([
    ['tokens', { tokensPerIncident: 1_000 }, 'its budget was used up: 1000 tokens an incident'],
    ['money', { moneyPerMonth: 0 }, 'its budget was used up: $0 a month'],
  ] as const)('without any %s sends nothing, and the issue says what ran out', async (_, budget, why) => {
    await using t = await withBudget(budget);
    await t.check();
    await t.runs(changed(() => Promise.reject(new Error('it was asked'))));
    expect(await t.rows(spent)).toEqual([{ tokens: 0, money: 0, requests: 0 }]);
    expect((await reportOf(t)).fallback).toBe(why);
  });

  it('of time lets only the report begin in its last quarter', async () => {
    await using t = await withBudget({ minutesPerRun: 10 });
    await t.check();
    const late = changed((_request, n) => {
      if (n === 2) t.now = new Date(t.now.getTime() + 8 * 60_000);
      return undefined;
    });
    await t.runs(late);
    expect((await reportOf(t)).assessment).toBeDefined();
    expect(await t.rows(`select key from investigation_step where key like 'replan%'`)).toEqual([]);
  });

  it('of runs an hour keeps the next for later; who asks does not wait', async () => {
    await using t = await withBudget({ runsPerHour: 0 });
    await t.check();
    await t.runs(ordinary());
    expect(await t.rows('select status from investigation')).toEqual([{ status: 'waiting' }]);
    await t.rows(
      `insert into investigation (incident_id, kind, severity, asked_by, created_at) values (1, 'investigate', 'high', 'hana', now())`,
    );
    await t.runs(ordinary());
    expect(await t.rows('select status from investigation order by id')).toEqual([
      { status: 'waiting' },
      { status: 'done' },
    ]);
  });
});

describe('/stop', () => {
  it('lets a run come to its report with what it has', async () => {
    await using t = await runInTest();
    await t.check();
    const stopped = changed((_request, n) => {
      if (n !== 2) return undefined;
      return t
        .rows(`update investigation set status = 'stopping'`)
        .then(() => scripted.turn(_request, new AbortController().signal));
    });
    await t.runs(stopped);
    expect(await t.rows(`select key from investigation_step where key like 'replan%'`)).toEqual([]);
    expect((await reportOf(t)).assessment).toBeDefined();
  });
});

describe('the strongest model', () => {
  it('is asked for a report from the evidence when the first could not say and it matters', async () => {
    const asked: string[] = [];
    await using t = await runInTest();
    await t.check();
    const watching = changed((request) => {
      asked.push(request.tier);
      return undefined;
    });
    await t.runs(watching, { escalates: true });
    expect(asked.at(-1)).toBe('escalate');
    expect(asked.filter((tier) => tier === 'escalate')).toHaveLength(1);
  });
});
