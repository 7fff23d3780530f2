import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/store/ledger.ts';
import { lockAwaited } from '../store/lock-awaited.ts';
import { alert, host, hour, incidents, ledger, start, together, within } from '../told-alerts.ts';

describe('two incidents found to be one', () => {
  it('become the older one: its alerts move, a pointer stays, and nothing is less severe', () =>
    within(async (pipe) => {
      await pipe.take(alert('Login', 0, { hostname: 'web-01', severity: 'low' }));
      await pipe.take(alert('Upload', 1, { hostname: 'web-02', severity: 'critical' }));
      expect(await together(pipe)).toEqual(['Login', 'Upload']);
      await pipe.take(alert('Lateral movement', 2, { entities: [host('web-01'), host('web-02')] }));
      expect(await together(pipe)).toEqual(['Lateral movement, Login, Upload']);
      expect(await incidents(pipe)).toMatchObject([
        { id: '1', status: 'open', into: null, severity: 'critical', n: 3 },
        { id: '2', status: 'merged', into: '1', n: 0 },
      ]);
      expect(await ledger(pipe, 'incident.merged')).toMatchObject([
        { incident: '2', body: { into: '1', reason: 'an alert shares host web-02 with both' } },
      ]);
      expect(await pipe.rows('select incident_id from publication where dirty order by 1')).toEqual([
        { incident_id: '1' },
        { incident_id: '2' },
      ]);
      await pipe.take(alert('Later', 3, { hostname: 'web-02' }));
      expect(await together(pipe)).toEqual(['Later, Lateral movement, Login, Upload']);
    }));

  it('keep who took one of them', () =>
    within(async (pipe) => {
      await pipe.take(alert('A', 0, { hostname: 'web-01' }), alert('B', 1, { hostname: 'web-02' }));
      await pipe.store.query(`update incident set owner = 'hana' where id = 2`);
      await pipe.take(alert('AB', 2, { entities: [host('web-01'), host('web-02')] }));
      expect(await pipe.rows('select owner from incident where id = 1')).toEqual([{ owner: 'hana' }]);
    }));
});

describe('what the organisation calls shared by many', () => {
  it('joins nothing: neither by name nor by network', () =>
    within(async (pipe) => {
      const origin = { path: 'context/networks.md', line: 1 };
      const entry = { kind: 'network', name: 'NAT', shared: true, body: '', origin } as const;
      pipe.policy.context = [
        { ...entry, entities: [], cidr: ['198.51.100.0/24'] },
        { ...entry, entities: [{ type: 'host', value: 'proxy-1' }], cidr: [] },
      ];
      const ip = (value: string) => ({ type: 'ip', value });
      await pipe.take(
        alert('A', 0, { entities: [ip('198.51.100.7'), host('proxy-1')] }),
        alert('B', 0, { entities: [ip('198.51.100.7'), host('proxy-1')] }),
        alert('C', 0, { entities: [ip('203.0.113.7')] }),
        alert('D', 0, { entities: [ip('203.0.113.7'), host('proxy-1')] }),
      );
      expect(await together(pipe)).toEqual(['A', 'B', 'C, D']);
    }));
});

describe('a closed incident', () => {
  const miner = (after: number) => alert('Miner', after, { hostname: 'web-01', rule: 'miner' });

  it('is reopened by the same alert', () =>
    within(async (pipe) => {
      await pipe.take(miner(0));
      await pipe.close('1');
      await pipe.take(miner(5));
      expect(await incidents(pipe)).toMatchObject([{ id: '1', status: 'open', n: 2 }]);
      expect(await pipe.rows('select verdict, closed_at from incident')).toEqual([
        { verdict: 'not-assessed', closed_at: null },
      ]);
      expect(await ledger(pipe, 'incident.reopened')).toMatchObject([{ incident: '1' }]);
      expect((await ledger(pipe, 'repeat'))[0]?.body.reason).toBe('the same alert came back after this was closed');
    }));

  it('never absorbs another alert: a new incident names it', () =>
    within(async (pipe) => {
      await pipe.take(miner(0));
      await pipe.close('1');
      await pipe.take(alert('Exfiltration', 5, { hostname: 'web-01' }));
      expect(await incidents(pipe)).toMatchObject([
        { id: '1', status: 'closed', n: 1 },
        { id: '2', status: 'open', n: 1, related: '901' },
      ]);
    }));

  it('is not named by an incident that has nothing to do with it', () =>
    within(async (pipe) => {
      await pipe.take(miner(0));
      await pipe.close('1');
      await pipe.take(alert('Elsewhere', 5, { hostname: 'db-01' }), alert('Much later', 300, { hostname: 'web-01' }));
      expect((await incidents(pipe)).map((i) => i.related)).toEqual([null, null, null]);
    }));

  it('stays closed while an open incident has the same alert, and after thirty days', () =>
    within(async (pipe) => {
      await pipe.take(miner(0));
      await pipe.close('1');
      await pipe.take(alert('New', 1, { hostname: 'web-01' }));
      await pipe.take(miner(2));
      expect((await incidents(pipe)).map((i) => [i.status, i.n])).toEqual([
        ['closed', 1],
        ['open', 2],
      ]);
      await pipe.close('2');
      pipe.now = new Date(start + 31 * 24 * hour);
      await pipe.take(miner(31 * 24 * 60));
      expect((await incidents(pipe)).map((i) => i.status)).toEqual(['closed', 'closed', 'open']);
    }));

  it('that is reopened and at once found to be part of an older one is merged, not both', () =>
    within(async (pipe) => {
      await pipe.take(alert('Old', 0, { hostname: 'db-01' }));
      await pipe.take(miner(0));
      await pipe.close('2');
      await pipe.take(miner(1), alert('Bridge', 1, { entities: [host('db-01'), host('web-01')] }));
      expect(await incidents(pipe)).toMatchObject([
        { id: '1', status: 'open', n: 4 },
        { id: '2', status: 'merged', into: '1', n: 0 },
      ]);
    }));
});

describe('the order of arrival', () => {
  it('and the size of the steps change nothing in who is together', async () => {
    const drawn = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 900 }),
        hosts: fc.uniqueArray(fc.nat(12), { minLength: 1, maxLength: 2 }),
      }),
      { minLength: 60, maxLength: 60 },
    );
    const alerts = fc.sample(drawn, { numRuns: 1, seed: 20_260_301 })[0] ?? [];
    expect(alerts).toHaveLength(60);
    const made = alerts.map(({ at, hosts }, n) =>
      alert(`A${String(n).padStart(2, '0')}`, at, { rule: `r${n}`, entities: hosts.map((h) => host(`h-${h}`)) }),
    );
    const outcomes: string[][] = [];
    for (const [seed, limit] of [
      [1, 500],
      [2, 1],
      [3, 7],
    ] as const)
      await within(async (pipe) => {
        await pipe.receive(
          'generic',
          fc.sample(fc.shuffledSubarray(made, { minLength: 60 }), { numRuns: 1, seed })[0] ?? [],
        );
        await pipe.run(limit);
        outcomes.push(await together(pipe));
        expect(await verifyLedger(pipe.store)).toMatchObject({ ok: true });
        const spread =
          'select count(*)::int as n from alert a join incident i on i.id = a.incident_id where i.status <> $1';
        expect(await pipe.rows(spread, ['open'])).toEqual([{ n: 0 }]);
      });
    expect(outcomes[0]?.length).toBeGreaterThan(3);
    expect(outcomes[0]?.some((titles) => titles.includes(','))).toBe(true);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });
});

describe('an incident somebody closes while a step runs', () => {
  it('takes no alert any more: what shares an entity with it opens another', () =>
    within(async (pipe) => {
      await pipe.take(alert('Login', 0, { hostname: 'web-01' }));
      await pipe.receive('generic', [alert('Upload', 1, { hostname: 'web-01' })]);
      let step: Promise<void> | undefined;
      await pipe.store.transaction(async (tx) => {
        await tx.query(`update incident set status = 'closed', closed_at = $1, issue = 901 where id = 1`, [pipe.now]);
        step = pipe.run();
        await lockAwaited(pipe);
      });
      await step;
      expect((await incidents(pipe)).map(({ id, status, n }) => ({ id, status, n }))).toEqual([
        { id: '1', status: 'closed', n: 1 },
        { id: '2', status: 'open', n: 1 },
      ]);
    }));
});
