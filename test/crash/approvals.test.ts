import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RemoteIssue } from './forge-process.ts';
import { investigated, issueAbout, receiptOf, someAlert } from './incident-on-forge.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';
import { response, type World, world } from './world.ts';

const waitMs = 60_000;
let w: World;
let host = 0;

beforeAll(async () => {
  w = await world({ timeScale: 30 });
  await w.app.up();
});
afterEach(() => w.forge.faults([]));
afterAll(() => w?.[Symbol.asyncDispose]());

/** An incident about a host of its own that recommends to block an address, shown as R1. */
async function recommended(ip: string): Promise<{ issue: RemoteIssue; host: string }> {
  host += 1;
  const name = `target-${host}.example.net`;
  const issue = await investigated(w.app, w.forge, someAlert({ host: name, ip }));
  expect(issue.body).toContain('`/approve R1`');
  // A comment counts for what was shown in an earlier second of the forge's clock.
  const shown = Math.max(...(await w.forge.issues()).map((one) => Date.parse(one.updated_at)));
  await until('the next second', async () => (await w.forge.now()).getTime() > shown + 2_000, { everyMs: 10 });
  return { issue, host: name };
}

const tasksOf = (issue: RemoteIssue) =>
  w.app.rows<{ target: string; status: string }>(
    `select t.target_value as target, t.status from task t join incident i on i.id = t.incident_id where i.issue = $1
     order by t.number`,
    [issue.number],
  );

async function answerTo(by: string, issue: RemoteIssue, text: string): Promise<string> {
  const answer = await receiptOf(w.forge, await w.forge.comment(by, issue.number, text), waitMs);
  await settled(w.app, waitMs);
  return answer;
}

describe('an approval', () => {
  it(
    'of a recommendation whose row was changed after it was shown runs nothing',
    async () => {
      const { issue } = await recommended('198.51.100.11');
      await w.app.rows(
        `update recommendation set target_value = '198.51.100.12' where number = 1 and incident_id =
         (select id from incident where issue = $1)`,
        [issue.number],
      );
      expect(await answerTo('mika', issue, '/approve R1')).toContain('what is stored is not what was shown');
      expect(await tasksOf(issue)).toEqual([]);
    },
    2 * waitMs,
  );

  it(
    'of a row that was changed together with its hash runs nothing',
    async () => {
      const { issue } = await recommended('198.51.100.13');
      await w.app.rows(
        `update recommendation set duration = 60, hash = repeat('0', 64) where number = 1 and incident_id =
         (select id from incident where issue = $1)`,
        [issue.number],
      );
      expect(await answerTo('mika', issue, '/approve all')).toContain('⛔');
      expect(await tasksOf(issue)).toEqual([]);
    },
    2 * waitMs,
  );

  it(
    'of all is of exactly what GitHub had confirmed before the comment',
    async () => {
      const { issue, host: name } = await recommended('198.51.100.21');
      await w.forge.faults([{ kind: 'rest-502', method: 'PATCH', path: `/issues/${issue.number}$` }]);
      await w.app.post([someAlert({ host: name, ip: '198.51.100.22' })]);
      await until('a second one is recommended', async () => {
        const rows = await w.app.rows(
          'select 1 from recommendation r join incident i on i.id = r.incident_id where i.issue = $1',
          [issue.number],
        );
        return rows.length === 2;
      });
      const said = await w.forge.comment('mika', issue.number, '/approve all');
      await until('it ran', async () => (await tasksOf(issue)).length > 0, { withinMs: waitMs });
      await w.forge.faults([]);
      await receiptOf(w.forge, said, waitMs);
      await settled(w.app, waitMs);
      expect(await tasksOf(issue)).toEqual([{ target: '198.51.100.21', status: 'active' }]);
      expect((await issueAbout(w.forge, name)).body).toContain('`/approve R2`');
    },
    3 * waitMs,
  );

  it(
    'of a number that was replaced is refused and names its successor',
    async () => {
      const { issue, host: name } = await recommended('198.51.100.31');
      const path = '/repos/acme/soc-config/contents/policies/response.md';
      const { sha } = (await w.forge.as('ken', 'GET', path)) as { sha: string };
      const shorter = response.replace('duration: 24h\n', 'duration: 12h\n');
      await w.forge.as('ken', 'PUT', path, {
        message: 'Shorter',
        sha,
        content: Buffer.from(shorter).toString('base64'),
      });
      await until('the new policy is in force', async () => {
        const rows = await w.app.rows(`select 1 from policy_commit where status = 'good'`);
        return rows.length >= 2;
      });
      await w.app.post([someAlert({ host: name })]);
      await until('it is replaced', async () => (await issueAbout(w.forge, name)).body.includes('`/approve R2`'), {
        withinMs: waitMs,
      });
      expect(await answerTo('mika', issue, '/approve R1')).toContain('it was replaced by R2');
      expect(await tasksOf(issue)).toEqual([]);
    },
    3 * waitMs,
  );
});

describe('a closed incident', () => {
  it(
    'never absorbs an alert: another one opens a new incident, the same one reopens it',
    async () => {
      const name = 'closed.example.net';
      const alert = someAlert({ host: name, rule: 'the-rule' });
      const issue = await investigated(w.app, w.forge, alert);
      expect(await answerTo('ken', issue, '/close fp a test')).toContain('✅');
      const stateOf = async (number: number) => (await w.forge.issues()).find((one) => one.number === number)?.state;
      expect(await stateOf(issue.number)).toBe('closed');
      const other = await investigated(w.app, w.forge, someAlert({ host: name, rule: 'another-rule' }));
      expect(other.number).not.toBe(issue.number);
      expect(await stateOf(issue.number)).toBe('closed');
      expect(await answerTo('ken', other, '/close fp a test too')).toContain('✅');
      await w.app.post([{ ...alert, id: 'the-same-again' }]);
      await settled(w.app, waitMs);
      expect(await stateOf(issue.number)).toBe('open');
      expect(await stateOf(other.number)).toBe('closed');
    },
    3 * waitMs,
  );
});
