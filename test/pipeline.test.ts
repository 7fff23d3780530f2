import { describe, expect, it } from 'vitest';
import { generic } from '../src/sources/generic.ts';
import { verifyLedger } from '../src/store/ledger.ts';
import { batchBytes } from '../src/store/pipeline-batch.ts';
import { alert, hour, incidents, ledger, minute, start, within } from './told-alerts.ts';

describe('an alert', () => {
  it('becomes an incident with its entities, due for the investigator, with an issue to publish', () =>
    within(async (pipe) => {
      const [raw] = await pipe.receive('generic', [
        alert('Miner', 0, { severity: 'high', hostname: 'web-01', src_ip: '203.0.113.7', rule: 'miner' }),
      ]);
      expect(await pipe.step()).toBe(1);
      expect(await pipe.step()).toBe(0);
      expect(
        await pipe.rows('select kind, status, title, severity, alert_count, investigate_at from incident'),
      ).toEqual([
        { kind: 'threat', status: 'open', title: 'Miner', severity: 'high', alert_count: 1, investigate_at: pipe.now },
      ]);
      expect(await pipe.rows('select type, value, found_in from alert_entity order by type')).toEqual([
        { type: 'host', value: 'web-01', found_in: 'field' },
        { type: 'ip', value: '203.0.113.7', found_in: 'field' },
      ]);
      expect(await pipe.rows('select x.raw_id from alert a join alert_raw x on x.alert_id = a.id')).toEqual([
        { raw_id: raw },
      ]);
      expect(await pipe.rows('select kind, dirty from publication')).toEqual([{ kind: 'issue', dirty: true }]);
    }));

  it('stands in the ledger with its record, its reason, and the commit of the policy', () =>
    within(async (pipe) => {
      const [first] = await pipe.receive('generic', [alert('Login', 0, { hostname: 'web-01' })]);
      await pipe.receive('generic', [alert('Miner', 2, { hostname: 'web-01' })]);
      await pipe.run();
      const entries = await ledger(pipe, 'alert');
      expect(entries.map((e) => [e.commit, e.body.title, e.body.reason, e.body.key])).toEqual([
        [pipe.policy.commit, 'Login', 'first alert of this incident', null],
        [pipe.policy.commit, 'Miner', 'shares host web-01, 2 min after it was last seen', 'host:web-01'],
      ]);
      expect(entries[0]?.body.raw).toBe(first);
      expect(await ledger(pipe, 'incident.opened')).toHaveLength(1);
      expect(await verifyLedger(pipe.store)).toMatchObject({ ok: true, rows: 3 });
    }));

  it('is raised by a floor, and the ledger says by which line', () =>
    within(async (pipe) => {
      const origin = { path: 'policies/severity.md', line: 4 };
      pipe.policy.severityFloors = [{ when: { title: ['miner*'] }, atLeast: 'critical', because: 'mining', origin }];
      await pipe.take(alert('Miner on web', 0, { severity: 'low' }));
      expect((await incidents(pipe))[0]?.severity).toBe('critical');
      expect((await ledger(pipe, 'alert'))[0]?.body).toMatchObject({
        severity: 'low',
        effectiveSeverity: 'critical',
        floor: 'mining (policies/severity.md:4)',
      });
    }));

  it('of a record that holds several is stored beside the others, equal ones counted', () =>
    within(async (pipe) => {
      pipe.sources.set('pack', {
        name: 'pack',
        parse(record, context) {
          const parsed = (record as object[]).map((one) => generic.parse(one, context));
          return parsed.flatMap((alerts) => ('error' in alerts ? [] : alerts));
        },
      });
      const [raw] = await pipe.receive('pack', [
        JSON.stringify([
          alert('One', 0, { hostname: 'a' }),
          alert('Two', 0, { hostname: 'b' }),
          alert('One', 1, { hostname: 'a' }),
        ]),
      ]);
      await pipe.run();
      const found = await pipe.rows(
        'select a.title, a.count, x.raw_id from alert a join alert_raw x on x.alert_id = a.id order by 1',
      );
      expect(found).toEqual([
        { title: 'One', count: 2, raw_id: raw },
        { title: 'Two', count: 1, raw_id: raw },
      ]);
    }));
});

describe('repeats', () => {
  it('are counted on the alert they repeat, in one step or in several', () =>
    within(async (pipe) => {
      const miner = (after: number) => alert('Miner', after, { hostname: 'web-01', rule: 'miner' });
      await pipe.take(miner(0), miner(1), miner(2));
      await pipe.take(miner(-1), miner(200));
      expect(await pipe.rows('select title, count, first_seen, last_seen from alert')).toEqual([
        { title: 'Miner', count: 5, first_seen: new Date(start - minute), last_seen: new Date(start + 200 * minute) },
      ]);
      expect((await incidents(pipe)).map((i) => i.n)).toEqual([5]);
      expect(await pipe.rows('select count(*)::int as n from alert_raw')).toEqual([{ n: 5 }]);
      expect([await ledger(pipe, 'alert'), await ledger(pipe, 'repeat')].map((e) => e.length)).toEqual([1, 4]);
    }));

  it('of the same bytes a day later are counted, not opened again', () =>
    within(async (pipe) => {
      await pipe.take({ title: 'Disk encrypted', hostname: 'nas-1' });
      pipe.now = new Date(start + 25 * hour);
      await pipe.take({ title: 'Disk encrypted', hostname: 'nas-1' });
      expect((await incidents(pipe)).map((i) => [i.status, i.n])).toEqual([['open', 2]]);
    }));
});

describe('an adopted issue', () => {
  it('becomes the incident of its report', () =>
    within(async (pipe) => {
      await pipe.receive('report', [report(41)], { issue: 41 });
      await pipe.run();
      expect(await pipe.rows('select issue, adopted from incident')).toEqual([{ issue: '41', adopted: true }]);
    }));

  it('that stands for an incident already is not taken from it, and blocks nothing', () =>
    within(async (pipe) => {
      await pipe.take(alert('First', 0, { hostname: 'web-01' }));
      await pipe.store.query('update incident set issue = 41');
      await pipe.receive('report', [report(41), report(41, 'edited')], { issue: 41 });
      await pipe.run();
      const found = await pipe.rows<{ issue: string | null }>('select issue from incident order by id');
      expect(found[0]).toEqual({ issue: '41' });
      expect(found.slice(1).every((row) => row.issue === null)).toBe(true);
      expect(await pipe.rows('select count(*)::int as n from alert_raw')).toEqual([{ n: 3 }]);
    }));
});

function report(number: number, more = ''): object {
  return {
    number,
    title: `Strange mail ${more}`,
    body: `It asks for my password. ${more}`,
    html_url: `https://github.com/acme/soc/issues/${number}`,
    user: { login: 'kim' },
    created_at: new Date(start).toISOString(),
    updated_at: new Date(start).toISOString(),
  };
}

describe('the cursor', () => {
  it('goes on where it was after every step, whatever their size', () =>
    within(async (pipe) => {
      await pipe.receive(
        'generic',
        Array.from({ length: 7 }, (_, n) => alert(`A${n}`, n, { rule: `r${n}` })),
      );
      expect(await pipe.step(3)).toBe(3);
      expect(await pipe.rows('select count(*)::int as n from alert')).toEqual([{ n: 3 }]);
      expect([await pipe.step(3), await pipe.step(3), await pipe.step(3)]).toEqual([3, 1, 0]);
      expect(await pipe.rows('select count(*)::int as n from alert')).toEqual([{ n: 7 }]);
    }));

  it('stays where it was when a step fails, and nothing of the step is there', () =>
    within(async (pipe) => {
      await pipe.receive('generic', [alert('A', 0), alert('B', 0)]);
      await pipe.store.query('alter table ledger_head rename to away');
      await expect(pipe.step()).rejects.toThrow('ledger_head');
      await pipe.store.query('alter table away rename to ledger_head');
      expect(await pipe.rows('select * from incident')).toEqual([]);
      expect(await pipe.rows('select * from setting')).toEqual([]);
      expect(await pipe.step()).toBe(2);
    }));

  it('takes no more bytes in one step than it may, and still takes one large record', () =>
    within(async (pipe) => {
      const half = (n: number) => `${n}${'x'.repeat(batchBytes / 2)}`;
      await pipe.receive('camera', [half(1), half(2), half(3), 'x'.repeat(batchBytes + 1), 'small']);
      const sizes: number[] = [];
      for (let n = await pipe.step(); n > 0; n = await pipe.step()) sizes.push(n);
      expect(sizes).toEqual([2, 2, 1]);
    }));
});
