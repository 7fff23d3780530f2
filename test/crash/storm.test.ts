import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/forge/faults.ts';
import { postUntilAcknowledged } from './app-process.ts';
import type { LoggedWrite, RemoteComment, RemoteIssue } from './forge-process.ts';
import { type Said, somebodySpeaks } from './people.ts';
import { runYagura } from './process.ts';
import { type Chance, seeded } from './seeded.ts';
import { settled } from './settled.ts';
import { partition, stories } from './stories.ts';
import { mostWithin } from './windows.ts';
import { type World, world } from './world.ts';

const full = process.env.YAGURA_FULL === '1';
const seed = Number(process.env.YAGURA_SEED ?? 7);
/** `timeScale`: an hour of budget is a minute of the machine's time, or half of one. */
const size = full
  ? { alerts: 200, kills: 20, said: 25, perHour: 80, perMinute: 12, timeScale: 60, drainMs: 600_000 }
  : { alerts: 30, kills: 4, said: 15, perHour: 22, perMinute: 8, timeScale: 120, drainMs: 60_000 };
/** The example's; one person is asked to take an incident, and no next one while the storm lasts. */
const settings = readFileSync(new URL('../../examples/config-repo/yagura.md', import.meta.url), 'utf8').replace(
  'take_within: 15m',
  'take_within: 24h',
);

const faults: FaultRule[] = [
  { kind: 'rest-502', method: 'POST|PATCH', probability: 0.04 },
  { kind: 'rest-502', method: 'GET', probability: 0.02 },
  { kind: 'rest-502-after', method: 'POST|PATCH', probability: 0.06 },
  { kind: 'cut-after', method: 'POST|PATCH', probability: 0.05 },
  { kind: 'secondary-limit', method: 'POST', path: '/issues', probability: 0.02 },
  { kind: 'drop', probability: 0.1 },
  { kind: 'lose', event: 'issue_comment', probability: 0.1 },
  { kind: 'duplicate', probability: 0.15 },
  { kind: 'reorder', probability: 0.15 },
  { kind: 'delay', probability: 0.1, delayMs: 30_000 },
];

interface Aftermath {
  issues: RemoteIssue[];
  comments: RemoteComment[];
  log: LoggedWrite[];
  /** Record ids the app acknowledged, by alert id. */
  acknowledged: Map<string, string>;
  said: Said[];
  groups: string[][];
  struck: Record<string, number>;
  kills: number;
}

let w: World;
let after: Aftermath;

/** Kills the app at random moments, some of them before it serves, some of them with its database. */
async function killing(chance: Chance, times: number): Promise<number> {
  for (let k = 0; k < times; k += 1) {
    await sleep(chance.whole(50, 3_500));
    await w.app.kill({ database: chance.next() < 0.35 });
    if (chance.next() < 0.25) {
      w.app.start();
      continue;
    }
    await w.app.up();
  }
  if (!w.app.running()) await w.app.up();
  return times;
}

/** Posts every alert in batches of random size, some alerts again in a later batch. */
async function posting(chance: Chance, alerts: { id: string }[]): Promise<Map<string, string>> {
  const acknowledged = new Map<string, string>();
  for (let from = 0; from < alerts.length; ) {
    const batch = alerts.slice(from, from + chance.whole(1, full ? 9 : 5));
    from += batch.length;
    const again = chance.next() < 0.3 ? [chance.pick(alerts.slice(0, from))] : [];
    const sent = [...batch, ...again];
    const ids = await postUntilAcknowledged(w.app, sent);
    for (const [k, { id }] of sent.entries()) {
      const record = ids[k] ?? '';
      expect(acknowledged.get(id) ?? record).toBe(record);
      acknowledged.set(id, record);
    }
    await sleep(chance.whole(0, 1_500));
  }
  return acknowledged;
}

/** As long as the storm lasts, and until enough was said; never more than the budgets let the app answer in time. */
async function speaking(chance: Chance, stop: AbortSignal): Promise<Said[]> {
  const said: Said[] = [];
  while (said.length < (stop.aborted ? 10 : size.said)) {
    await sleep(chance.whole(200, full ? 2_500 : 1_500));
    const one = await somebodySpeaks(w.forge, chance, said.length);
    if (one) said.push(one);
  }
  return said;
}

beforeAll(async () => {
  w = await world({
    timeScale: size.timeScale,
    creationsPerHour: size.perHour,
    creationsPerMinute: size.perMinute,
    files: { 'yagura.md': settings },
  });
  await w.app.up();
  const { alerts, groups } = stories(seeded(seed), size.alerts, new Date((await w.forge.now()).getTime() - 3_600_000));
  await w.forge.faults(faults, seed);
  const calm = new AbortController();
  const people = speaking(seeded(seed + 1), calm.signal);
  const [acknowledged, kills] = await Promise.all([
    posting(seeded(seed + 2), alerts),
    killing(seeded(seed + 3), size.kills),
  ]);
  calm.abort();
  const said = await people;
  const struck = await w.forge.struck();
  await w.forge.faults([]);
  // Two sweeps of the app's clock: what a lost delivery would have told is found by then.
  await sleep((2 * 60_000) / size.timeScale + 1_000);
  await settled(w.app, size.drainMs);
  const [issues, comments, log] = [await w.forge.issues(), await w.forge.comments(), await w.forge.log()];
  after = { issues, comments, log, acknowledged, said, groups, struck, kills };
}, size.drainMs + 400_000);

afterAll(() => w?.[Symbol.asyncDispose]());

describe('after kill -9 at random moments, with faults and limits on', () => {
  it('something was at stake: kills, faults of every kind, people who commanded', () => {
    expect(after.kills).toBe(size.kills);
    expect(after.acknowledged.size).toBe(size.alerts);
    expect(after.said.length).toBeGreaterThan(5);
    expect(Object.values(after.struck).filter((n) => n > 0).length).toBeGreaterThan(6);
  });

  it('every acknowledged record is in exactly one incident, and the grouping is the one of the facts', async () => {
    const rows = await w.app.rows<{ raw: string; incident: string; status: string }>(
      `select r.id as raw, a.incident_id as incident, i.status from raw_record r
       left join alert_raw x on x.raw_id = r.id left join alert a on a.id = x.alert_id
       left join incident i on i.id = a.incident_id where r.source = 'generic'`,
    );
    expect(rows.map((r) => r.raw).sort()).toEqual([...after.acknowledged.values()].sort());
    expect(rows.filter((r) => r.status !== 'open')).toEqual([]);
    const idOf = new Map([...after.acknowledged].map(([id, raw]) => [raw, id]));
    const found = Object.values(Object.groupBy(rows, (r) => r.incident)).map((group) =>
      (group ?? []).map((r) => idOf.get(r.raw) ?? '?'),
    );
    expect(partition(found)).toEqual(after.groups);
  });

  it('every incident has exactly one issue that people can open, and no issue stands for two', async () => {
    const incidents = await w.app.rows<{ id: string; issue: string | null; status: string }>(
      'select id, issue, status from incident',
    );
    const isQueue = (issue: { body: string }) => issue.body.includes('<!-- yagura:v1 queue=queue -->');
    expect(after.issues.filter(isQueue)).toHaveLength(1);
    const ofIncidents = after.issues.filter((issue) => !isQueue(issue));
    const marked = ofIncidents.map((issue) => ({
      number: issue.number,
      incident: /<!-- yagura:v1 issue=(\d+) -->/.exec(issue.body)?.[1],
    }));
    expect(marked.filter((m) => m.incident === undefined)).toEqual([]);
    const byIncident = Object.groupBy(marked, (m) => m.incident ?? '');
    for (const { id, issue, status } of incidents) {
      const mine = byIncident[id] ?? [];
      if (status === 'merged' && issue === null) expect(mine).toEqual([]);
      else expect(mine.map((m) => m.number)).toEqual([Number(issue)]);
    }
    const open = ofIncidents.filter((issue) => issue.state === 'open').length;
    expect(open).toBe(after.groups.length);
  });

  it('no issue and no comment was made twice', () => {
    const ours = after.comments.filter((c) => c.user.type === 'Bot');
    const markers = ours.map((c) => /<!-- yagura:v1 \S+ -->/.exec(c.body)?.[0] ?? `none in ${c.id}`);
    expect(twice(markers)).toEqual([]);
    const texts = ours.filter((c) => !c.body.includes('receipt=')).map((c) => `${c.issue_url} ${c.body}`);
    expect(twice(texts)).toEqual([]);
    expect(twice(after.issues.map((i) => i.body.replace(/<sub>policy.*?<\/sub>/s, '')))).toEqual([]);
  });

  it('every command of somebody with a right has one receipt that is finished; an outsider gets at most one refusal an issue', () => {
    for (const one of after.said) {
      const receipts = after.comments.filter((c) => c.body.includes(`<!-- yagura:v1 receipt=${one.id} -->`));
      if (one.by === 'otto') {
        expect(receipts).toEqual([]);
        continue;
      }
      expect(
        receipts.map((c) => `#${c.issue_url.split('/').at(-1)}`),
        one.text,
      ).toEqual([`#${one.issue}`]);
      expect(receipts[0]?.body).not.toContain('⏳');
    }
    const refusals = after.comments.filter((c) => c.body.includes('yagura:v1 refusal=')).map((c) => c.issue_url);
    expect(twice(refusals)).toEqual([]);
  });

  it('every line ran once and every task once: the ledger and the list agree', async () => {
    const entries = await w.app.rows<{ kind: string; incident: string; body: string }>(
      `select kind, incident_id as incident, body from ledger where kind in ('command', 'task') order by seq`,
    );
    const read = entries.map((e) => ({ ...e, body: JSON.parse(e.body) as Record<string, unknown> }));
    const lines = read.filter((e) => e.kind === 'command').map((e) => `${e.body.comment}:${e.body.line}`);
    expect(twice(lines)).toEqual([]);
    const said = after.said.flatMap((s) => s.text.split('\n').map((_, k) => k)).length;
    expect(lines.length).toBe(said);
    const planned = read.filter((e) => e.kind === 'task' && e.body.from === undefined);
    expect(twice(planned.map((e) => `${e.incident}:${e.body.task}`))).toEqual([]);
    expect(planned.length).toBeGreaterThan(0);
    const tasks = await w.app.rows<{ target: string; status: string }>(
      'select target_value as target, status from task order by target_value',
    );
    expect(tasks.length).toBe(planned.length);
    expect(tasks.filter((t) => t.status !== 'active')).toEqual([]);
    const targets = [...new Set(tasks.map((t) => t.target))].sort();
    const history = await listHistory();
    expect(history.at(-1)?.toSorted()).toEqual(targets);
    for (const target of targets) {
      const added = history.filter((lines, k) => lines.includes(target) && !(history[k - 1] ?? []).includes(target));
      expect(added.length, `times ${target} was added to the list`).toBe(1);
    }
  });

  it('the budgets held in every sliding minute and hour by the log of the forge', () => {
    const ours = after.log.filter((write) => write.creates && /yagura|installation|app/i.test(write.actor));
    const moments = ours.map((write) => write.at);
    expect(moments.length).toBeGreaterThan(size.perHour);
    expect(mostWithin(moments, 60_000)).toBeLessThanOrEqual(size.perMinute);
    expect(mostWithin(moments, 3_600_000)).toBeLessThanOrEqual(size.perHour);
  });

  it('the ledger is whole and nothing was given up', async () => {
    const verify = runYagura(['ledger', 'verify'], { YAGURA_DATA_DIR: w.app.dataDir });
    await new Promise((resolve) => verify.child.once('close', resolve));
    expect(verify.child.exitCode, verify.lines.join('\n')).toBe(0);
    expect(await w.app.rows('select key, error from publication where error is not null')).toEqual([]);
    expect((await w.app.ready()).problems).toEqual([]);
  });
});

/** What stands more than once. */
function twice(texts: string[]): string[] {
  return [...new Set(texts.filter((text, k) => texts.indexOf(text) !== k))];
}

/** The targets of the list file after each commit on the branch, oldest first. */
async function listHistory(): Promise<string[][]> {
  type Commit = { sha: string; parents: { sha: string }[] };
  const history: string[][] = [];
  let at: string | undefined = 'yagura/lists';
  while (at !== undefined) {
    const commit: Commit = (await w.forge.as('ken', 'GET', `/repos/acme/soc/commits/${at}`)) as Commit;
    const file = (await w.forge.as('ken', 'GET', `/repos/acme/soc/contents/lists/edge.txt?ref=${commit.sha}`)) as {
      content: string;
    };
    const lines = Buffer.from(file.content, 'base64').toString().split('\n');
    history.unshift(lines.filter((line) => line !== '' && !line.startsWith('#')));
    at = commit.parents[0]?.sha;
  }
  return history;
}
