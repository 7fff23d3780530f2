import type { Answer, Command } from '../../src/commands/command.ts';
import { parseCommands } from '../../src/commands/parse.ts';
import type { Entity } from '../../src/domain/entity.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { EveryLanguage } from '../../src/domain/locale.ts';
import type { Policy, ResponseRule, Right } from '../../src/domain/policy.ts';
import type { Recommendation } from '../../src/domain/recommendation.ts';
import { loadPlugins } from '../../src/plugins.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import type { Store } from '../../src/ports/store.ts';
import { incidentOfIssue, loadIncident } from '../../src/store/incidents.ts';
import { appendLedger } from '../../src/store/ledger.ts';
import { insertRecommendation, madeEntry, make } from '../../src/store/proposals.ts';
import { loud, type RunningPipeline, runningPipeline } from '../running-pipeline.ts';

const commands = await loadPlugins<Command>(new URL('../../src/commands/slash/', import.meta.url));

const ids: Record<string, number> = { hana: 1, ken: 2, mika: 3, otto: 4 };

const people: Record<string, Right> = { hana: 'analyst', ken: 'responder', mika: 'responder', otto: 'reader' };

/** A rule that lets one responder block any address of a threat for a day. */
export function blockRule(given: Partial<ResponseRule> = {}): ResponseRule {
  return {
    id: 'block-address',
    when: { kind: ['threat'] },
    entity: ['ip', 'domain'],
    action: 'block',
    resources: ['edge', 'fw-b'],
    autonomy: 'approve',
    duration: 86_400,
    maxDuration: 604_800,
    approvals: 1,
    requesterMayApprove: false,
    emergency: false,
    because: 'It attacks us.',
    origin: { path: 'policies/response.md', line: 9 },
    ...given,
  };
}

export function policyOf(given: Partial<Policy> = {}): Policy {
  return {
    ...safeDefaults('acme/soc-config'),
    commit: 'c'.repeat(40),
    timeZone: 'Asia/Tokyo',
    quiet: loud,
    mode: 'approve',
    responses: [blockRule()],
    grants: {
      analyst: { people: ['hana'], teams: [], roles: [] },
      responder: { people: ['ken', 'mika'], teams: [], roles: [] },
    },
    ...given,
  };
}

/** One incident with issue 12 in a database of its own, and people who write commands on it. */
export interface IncidentInTest extends AsyncDisposable {
  store: Store;
  pipeline: RunningPipeline;
  /** When the comment is written; move it freely. */
  now: Date;
  policy: Policy;
  actions: Set<string>;
  /** By resource id, why it cannot be used. */
  unavailable: Map<string, EveryLanguage>;
  /** Whether a model is set up. */
  model: boolean;
  rights: Record<string, Right>;
  /** GitHub's ids of people by the login they have now. */
  ids: Record<string, number>;
  /** Somebody takes another login; rights go along. */
  rename(from: string, to: string): void;
  id: string;
  /** Runs the one command of a comment and says what came of it: `done: understood: answer`. */
  say(by: string, text: string): Promise<string>;
  answer(by: string, text: string): Promise<Answer>;
  incident(): Promise<Incident>;
  /** A recommendation that GitHub confirmed at a second of the test's clock; unset: not yet. */
  recommend(number: number, target: Entity, confirmedAt?: Date, given?: Partial<Recommendation>): Promise<void>;
  rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]>;
}

/** The start of every test's clock, a whole second. */
const start = new Date('2026-03-01T12:00:00Z');

export async function incidentInTest(policy: Partial<Policy> = {}): Promise<IncidentInTest> {
  const pipeline = await runningPipeline();
  await pipeline.take({ title: 'Login failures', severity: 'high', host: 'web-01', src_ip: '203.0.113.7' });
  const [row] = await pipeline.rows<{ id: string }>('update incident set issue = 12 returning id');
  if (!row) throw new Error('the alert opened no incident');
  const { store } = pipeline;
  let comment = 100;
  const t: IncidentInTest = {
    store,
    pipeline,
    now: start,
    policy: policyOf(policy),
    actions: new Set(['block']),
    unavailable: new Map(),
    model: false,
    rights: { ...people },
    ids: { ...ids },
    rename(from, to) {
      t.ids[to] = idOf(t.ids, from);
      t.rights[to] = t.rights[from] ?? 'reader';
      delete t.ids[from];
      delete t.rights[from];
    },
    id: row.id,
    async answer(by, text) {
      const [parsed] = parseCommands(text);
      const command = parsed && commands.get(parsed.name);
      if (!command) throw new Error(`no command: ${text}`);
      comment += 1;
      return store.transaction(async (tx) => {
        const incident = await incidentOfIssue(tx, { room: '', issue: 12 });
        if (!incident) throw new Error('no incident');
        const answer = await command.run({
          tx,
          incident,
          policy: t.policy,
          locale: t.policy,
          now: t.now,
          author: by,
          authorId: idOf(t.ids, by),
          right: t.rights[by] ?? 'reader',
          rest: parsed.rest,
          asWritten: parsed.rest,
          comment: { id: String(comment), createdAt: t.now, room: '', issue: 12 },
          actions: t.actions,
          unavailable: t.unavailable,
          shownIn: {},
          model: t.model,
          rightOf: async (login) => t.rights[login] ?? 'reader',
          reads: async () => true,
          adoptIssue: async () => true,
          commands,
        });
        await appendLedger(tx, t.now, t.policy.commit, answer.ledger ?? []);
        return answer;
      });
    },
    async say(by, text) {
      const { state, understood, answer } = await t.answer(by, text);
      return [state, understood, answer].filter((part) => part !== '').join(': ');
    },
    async incident() {
      const found = await loadIncident(store, row.id);
      if (!found) throw new Error('the incident is gone');
      return found;
    },
    async recommend(number, target, confirmedAt, given = {}) {
      const proposal = {
        action: 'block',
        target,
        resources: ['edge'],
        duration: 86_400,
        rule: 'block-address',
        evidence: [],
        because: 'It attacks us.',
      };
      const { requestedBy = 'yagura', ...rest } = given;
      const requester =
        requestedBy === 'yagura' ? { login: requestedBy } : { login: requestedBy, id: idOf(t.ids, requestedBy) };
      const made = make(row.id, number, { ...proposal, ...rest }, requester, t.policy.commit);
      await insertRecommendation(store, { ...made, ...(confirmedAt ? { confirmedAt } : {}) });
      const confirmed = { recommendation: made.id, hash: made.hash, at: confirmedAt?.toISOString() };
      await store.transaction((tx) =>
        appendLedger(tx, t.now, t.policy.commit, [
          madeEntry(made),
          ...(confirmedAt ? [{ kind: 'recommendation.confirmed' as const, incidentId: row.id, body: confirmed }] : []),
        ]),
      );
    },
    rows: (sql) => pipeline.rows(sql),
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  };
  return t;
}

function idOf(known: Record<string, number>, login: string): number {
  const id = known[login];
  if (id === undefined) throw new Error(`nobody has the login ${login} now`);
  return id;
}

/** Seconds after the start. */
export function seconds(n: number): Date {
  return new Date(start.getTime() + n * 1000);
}

export const attacker: Entity = { type: 'ip', value: '203.0.113.7' };
