import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunningPipeline } from '../running-pipeline.ts';
import { incidents, ledger, within } from '../told-alerts.ts';

const fixture = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'github', file), 'utf8'));

/** A step of one Dependabot alert's life, so many hours after it was made. */
function step(
  action: string,
  after: number,
  { repository = 'acme/shop-api', number = 31, advisory = 'GHSA-2222-3333-4444' } = {},
): object {
  const record = fixture('dependabot-created.json');
  const at = new Date(Date.parse('2026-03-01T08:00:00Z') + after * 3600_000).toISOString();
  return {
    ...record,
    action,
    alert: {
      ...record.alert,
      number,
      updated_at: at,
      security_advisory: { ...record.alert.security_advisory, ghsa_id: advisory },
    },
    repository: { ...record.repository, full_name: repository, id: repository.length },
  };
}

async function take(pipe: RunningPipeline, ...steps: object[]): Promise<void> {
  await pipe.receive('github', steps);
  await pipe.run();
}

const standing = (pipe: RunningPipeline) =>
  pipe.rows(
    `select i.status, i.settled, a.lifecycle from incident i join alert a on a.incident_id = i.id order by i.id, a.id`,
  );

describe('an alert whose source says how it goes on', () => {
  it('closes its incident when it is fixed, with that as the reason, and opens it when it comes back', () =>
    within(async (pipe) => {
      await take(pipe, step('created', 0));
      await pipe.store.query(`insert into recommendation (incident_id, number, action, target_type, target_value, resources,
        duration, rule, policy_commit, evidence, because, requested_by, hash)
        values (1, 1, 'block', 'ip', '203.0.113.7', '{}', 60, 'r', 'c', '{}', '', 'policy', '')`);
      await take(pipe, step('fixed', 1));
      expect(await standing(pipe)).toEqual([{ status: 'closed', settled: 'fixed', lifecycle: 'fixed' }]);
      expect(await pipe.rows('select closed_by, verdict, investigate_at from incident')).toEqual([
        { closed_by: 'GitHub Dependabot', verdict: 'not-assessed', investigate_at: null },
      ]);
      expect(await pipe.rows('select status from recommendation')).toEqual([{ status: 'withdrawn' }]);
      expect(await ledger(pipe, 'incident.closed')).toMatchObject([
        { incident: '1', body: { by: 'GitHub Dependabot', how: 'fixed' } },
      ]);
      await take(pipe, step('reintroduced', 2));
      expect(await standing(pipe)).toEqual([{ status: 'open', settled: null, lifecycle: 'reopened' }]);
      expect(await ledger(pipe, 'incident.reopened')).toHaveLength(1);
    }));

  it('is to be mended anew when it comes back, and has as many days again', () =>
    within(async (pipe) => {
      const due = () =>
        pipe.rows<{ days: number }>(
          `select extract(epoch from due_at - $1::timestamptz)::float8 / 86400 as days from incident`,
          [pipe.now],
        );
      await take(pipe, step('created', 0));
      const first = await due();
      pipe.now = new Date(pipe.now.getTime() + 10 * 24 * 3600_000);
      await take(pipe, step('fixed', 10 * 24));
      pipe.now = new Date(pipe.now.getTime() + 10 * 24 * 3600_000);
      await take(pipe, step('reintroduced', 20 * 24));
      expect(await due()).toEqual(first);
      pipe.now = new Date(pipe.now.getTime() + 24 * 3600_000);
      await take(pipe, step('updated', 21 * 24));
      expect(await due()).toEqual(first.map(({ days }) => ({ days: days - 1 })));
    }));

  it('leaves an incident open until the last of its alerts is over', () =>
    within(async (pipe) => {
      const other = { repository: 'acme/billing', number: 4 };
      await take(pipe, step('created', 0), step('created', 0, other));
      await take(pipe, step('fixed', 1));
      expect(await incidents(pipe)).toMatchObject([{ status: 'open', n: 3 }]);
      await take(pipe, step('dismissed', 2, other));
      expect(await incidents(pipe)).toMatchObject([{ status: 'closed' }]);
      expect((await standing(pipe))[0]).toMatchObject({ settled: 'dismissed' });
    }));

  it('ends as a vulnerability when it turns out to be of a malicious package, which is a threat', () =>
    within(async (pipe) => {
      const ofMalware = (action: string, after: number, number = 31) => {
        const record = step(action, after, { number }) as { alert: { security_advisory: object } };
        Object.assign(record.alert.security_advisory, { cwes: [{ cwe_id: 'CWE-506' }], severity: 'critical' });
        return record;
      };
      const both = () =>
        pipe.rows(
          `select i.kind, i.status, i.severity, a.lifecycle, a.step_why as why, a.count
           from incident i join alert a on a.incident_id = i.id order by i.id`,
        );
      await take(pipe, step('created', 0));
      const [{ severity } = {}] = await both();
      await take(pipe, ofMalware('updated', 1), ofMalware('fixed', 2));
      const why = expect.stringContaining('malicious package');
      const told = await both();
      expect(told).toMatchObject([
        { kind: 'vulnerability', status: 'closed', severity, lifecycle: 'dismissed', why },
        { kind: 'threat', status: 'open', lifecycle: 'fixed' },
      ]);
      await take(pipe, ofMalware('reintroduced', 3));
      expect((await both())[0]).toEqual(told[0]);
      await take(pipe, { ...ofMalware('created', 4), repository: { full_name: 'acme/other', id: 99 } });
      expect((await both()).filter(({ kind }) => kind === 'vulnerability')).toHaveLength(1);
      await take(pipe, step('created', 5, { number: 32 }), ofMalware('fixed', 6, 32));
      expect((await both()).filter(({ kind, status }) => kind === 'vulnerability' && status === 'open')).toEqual([]);
    }));

  it('opens again when it comes back right after a step that did not open it', () =>
    within(async (pipe) => {
      await take(pipe, step('created', 0), step('fixed', 1));
      await take(pipe, step('auto_dismissed', 2), step('reopened', 3));
      expect(await standing(pipe)).toEqual([{ status: 'open', settled: null, lifecycle: 'reopened' }]);
    }));

  it('leaves what is new beside a step of a closed incident an open one of its own', () =>
    within(async (pipe) => {
      await take(pipe, step('created', 0), step('fixed', 1));
      await take(pipe, step('auto_dismissed', 2), step('created', 2, { repository: 'acme/billing', number: 4 }));
      expect(await incidents(pipe)).toMatchObject([{ status: 'closed' }, { status: 'open', n: 1 }]);
    }));

  it('does not open again what a person closed when the source says that it is over too', () =>
    within(async (pipe) => {
      await take(pipe, step('created', 0));
      await pipe.close('1');
      await take(pipe, step('fixed', 1));
      expect(await standing(pipe)).toEqual([{ status: 'closed', settled: null, lifecycle: 'fixed' }]);
      expect(await pipe.rows('select verdict, investigate_at from incident')).toEqual([
        { verdict: 'false-positive', investigate_at: null },
      ]);
    }));

  it('is not taken for a threat that is over: an archived finding ends no attack', () =>
    within(async (pipe) => {
      const path = join(import.meta.dirname, '..', 'fixtures', 'sources', 'guardduty', 'mining-pool-eventbridge.json');
      const finding = JSON.parse(readFileSync(path, 'utf8'));
      finding.detail.service.archived = true;
      await pipe.receive('guardduty', [finding]);
      await pipe.run();
      expect(await standing(pipe)).toMatchObject([{ status: 'open', settled: null, lifecycle: 'dismissed' }]);
    }));

  it('ends as its last step says, in whatever order the steps come, in whatever groups, and how often', () =>
    within(async (pipe) => {
      let number = 100;
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.constantFrom('dismissed', 'reopened', 'fixed', 'reintroduced', 'auto_dismissed'), {
            minLength: 1,
            maxLength: 4,
          }),
          fc.infiniteStream(fc.nat()),
          fc.integer({ min: 1, max: 4 }),
          async (lives, chance, groups) => {
            number += 1;
            const steps = ['created', ...lives].map((action, k) =>
              step(action, k, { repository: `acme/r${number}`, number, advisory: `GHSA-2222-3333-4${number}` }),
            );
            const ranked = [...steps, ...steps].map((one) => ({ one, at: chance.next().value ?? 0 }));
            const all = ranked.sort((a, b) => a.at - b.at).map(({ one }) => one);
            const size = Math.ceil(all.length / groups);
            for (let k = 0; k < all.length; k += size) await take(pipe, ...all.slice(k, k + size));
            const last = lives.at(-1) ?? '';
            const over = last === 'fixed' ? 'fixed' : /dismissed$/.test(last) ? 'dismissed' : null;
            const found = await pipe.rows(
              `select i.status, i.settled from incident i join alert a on a.incident_id = i.id
               where a.ocsf #>> '{resources,0,name}' = $1`,
              [`acme/r${number}`],
            );
            expect(found).toEqual([{ status: over ? 'closed' : 'open', settled: over }]);
          },
        ),
        { numRuns: 25 },
      );
    }));
});
