import { describe, expect, it } from 'vitest';
import type { RawRecord, StoredRecord } from '../../src/domain/record.ts';
import { generic } from '../../src/sources/generic.ts';
import { loadRawAfterCursor } from '../../src/store/pipeline-batch.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { alert, host, start, within } from '../told-alerts.ts';
import { lockAwaited } from './lock-awaited.ts';

describe('the severity of an incident', () => {
  const bad = (title: string, severity: string, minutes = 0) =>
    alert(title, minutes, { hostname: 'web-01', rule: title, severity });

  it('is that of its worst alert', () =>
    within(async (pipe) => {
      await pipe.take(bad('A', 'low'), bad('B', 'high'), bad('C', 'medium'));
      expect(await pipe.rows('select severity, severity_by from incident')).toEqual([
        { severity: 'high', severity_by: null },
      ]);
    }));

  it('stays what a person said through repeats and equal alerts, until one is worse than all before', () =>
    within(async (pipe) => {
      await pipe.take(bad('A', 'high'));
      await pipe.store.query(`update incident set severity = 'low', severity_by = 'hana'`);
      await pipe.take(bad('A', 'high', 1), bad('B', 'high', 2), bad('C', 'medium', 3));
      expect(await pipe.rows('select severity, severity_by from incident')).toEqual([
        { severity: 'low', severity_by: 'hana' },
      ]);
      await pipe.take(bad('D', 'critical', 4));
      expect(await pipe.rows('select severity, severity_by from incident')).toEqual([
        { severity: 'critical', severity_by: null },
      ]);
    }));

  it('said higher by a person is not lowered by alerts', () =>
    within(async (pipe) => {
      await pipe.take(bad('A', 'low'));
      await pipe.store.query(`update incident set severity = 'critical', severity_by = 'hana'`);
      await pipe.take(bad('B', 'high', 1));
      expect(await pipe.rows('select severity, severity_by from incident')).toEqual([
        { severity: 'critical', severity_by: 'hana' },
      ]);
    }));
});

describe('what an incident knows of its alerts', () => {
  it('its first and last moment follow the clocks of the products, not the order of arrival', () =>
    within(async (pipe) => {
      await pipe.take(alert('B', 10, { hostname: 'web-01' }));
      await pipe.take(alert('A', -20, { hostname: 'web-01' }), alert('C', 30, { hostname: 'web-01' }));
      expect(await pipe.rows('select first_seen, last_seen, alert_count, opened_at from incident')).toEqual([
        {
          first_seen: new Date(start - 20 * 60_000),
          last_seen: new Date(start + 30 * 60_000),
          alert_count: 3,
          opened_at: pipe.now,
        },
      ]);
    }));

  it('its title and kind are those of its worst alert', () =>
    within(async (pipe) => {
      await pipe.take(
        alert('Port scan', 0, { hostname: 'web-01', severity: 'low' }),
        alert('Ransomware', 1, { hostname: 'web-01', severity: 'critical' }),
      );
      expect(await pipe.rows('select title, kind from incident')).toEqual([{ title: 'Ransomware', kind: 'threat' }]);
    }));

  it('its spans are one a key, as wide as what it saw', () =>
    within(async (pipe) => {
      await pipe.take(alert('A', 0, { hostname: 'web-01' }), alert('B', 60, { entities: [host('web-01')] }));
      await pipe.take(alert('C', 150, { hostname: 'web-01' }));
      const spans = `select first_at, last_at from incident_span where key = 'host:web-01'`;
      expect(await pipe.rows(spans)).toEqual([{ first_at: new Date(start), last_at: new Date(start + 150 * 60_000) }]);
    }));
});

describe('what comes next', () => {
  it('is the oldest records after the cursor, in order', () =>
    within(async (pipe) => {
      const ids = await pipe.receive('generic', [alert('A', 0), alert('B', 0), alert('C', 0)]);
      expect((await loadRawAfterCursor(pipe.store, 2)).map((r) => r.id)).toEqual(ids.slice(0, 2));
      await pipe.step(1);
      const next = await loadRawAfterCursor(pipe.store, 5);
      expect(next.map((r) => [r.id, r.source, r.receivedAt, r.origin])).toEqual(
        ids.slice(1).map((id) => [id, 'generic', pipe.now, null]),
      );
    }));

  it('waits for a record that has its number and is not committed yet', () =>
    within(async (pipe) => {
      let loaded: Promise<RawRecord[]> | undefined;
      await pipe.store.transaction(async (tx) => {
        await writeRecords({ ...pipe.store, query: tx.query }, pipe.now, [recordOf('slow')]);
        await pipe.receive('generic', [alert('fast', 0)]);
        loaded = loadRawAfterCursor(pipe.store, 5);
        await Promise.race([loaded, lockAwaited(pipe)]);
      });
      expect((await loaded)?.map((r) => r.id)).toEqual(['1', '2']);
    }));

  it('waits for many records that have their numbers and are not committed yet', () =>
    within(async (pipe) => {
      const slow = Array.from({ length: 100 }, (_, n) => recordOf(`slow ${n}`));
      const gone = new Error('rolled back');
      let stored: Promise<StoredRecord[]> | undefined;
      let loaded: Promise<RawRecord[]> | undefined;
      const other = pipe.store.transaction(async (tx) => {
        // Whoever writes the same record has to wait until it is known whether this one stands.
        await tx.query(`insert into raw_record (source, content, content_hash, identity, received_at)
          values ('generic', '', '', 'slow 99', now())`);
        stored = writeRecords(pipe.store, pipe.now, slow);
        await lockAwaited(pipe);
        await pipe.receive('generic', [alert('fast', 0)]);
        loaded = loadRawAfterCursor(pipe.store, 500);
        await Promise.race([loaded, lockAwaited(pipe, 2)]);
        throw gone;
      });
      await expect(other).rejects.toBe(gone);
      expect((await loaded)?.slice(0, 100).map((r) => r.id)).toEqual((await stored)?.map((s) => s.id));
      expect(await loaded).toHaveLength(101);
    }));
});

describe('one issue', () => {
  it('asked for by two stories of one step goes to one of them', () =>
    within(async (pipe) => {
      pipe.sources.set('pack', {
        name: 'pack',
        parse: (record, context) =>
          (record as object[]).flatMap((one) => {
            const parsed = generic.parse(one, context);
            return 'error' in parsed ? [] : parsed;
          }),
      });
      const two = [alert('A', 0, { hostname: 'a' }), alert('B', 0, { hostname: 'b' })];
      await pipe.receive('pack', [JSON.stringify(two)], { issue: 7 });
      await pipe.run();
      expect(await pipe.rows('select issue, adopted from incident order by id')).toEqual([
        { issue: '7', adopted: true },
        { issue: null, adopted: false },
      ]);
    }));
});

function recordOf(text: string) {
  return {
    source: 'generic',
    content: Buffer.from(text),
    contentHash: text,
    identity: text,
    byBytes: true,
    origin: null,
  };
}
