import { describe, expect, it } from 'vitest';
import { generic } from '../../src/sources/generic.ts';
import type { RunningPipeline } from '../running-pipeline.ts';
import { alert, together, within } from '../told-alerts.ts';

describe('a record that cannot be taken as it is', () => {
  const surrogate = '{"title":"Half \\ud83d of a pair","rule":"r","hostname":"web-\\u0000 01"}';

  it('never blocks those around it, and is shown', () =>
    within(async (pipe) => {
      pipe.sources.set('faulty', {
        name: 'faulty',
        parse(record) {
          if ((record as { ok?: boolean }).ok !== true) throw new Error('a mistake in this source');
          return { error: { en: 'not one of ours', ja: '対象外' } };
        },
      });
      await pipe.receive('generic', [
        alert('Before', 0),
        '{"title":"NUL \\u0000 inside","rule":"nul\\u0000"}',
        surrogate,
        `${'{"title":"deep","a":'.repeat(5000)}1${'}'.repeat(5000)}`,
        '[1,2',
        Buffer.from([0xff, 0x00, 0xfe]),
      ]);
      await pipe.receive('faulty', ['{"n":1}', '{"ok":true}']);
      await pipe.receive('gone', ['{"n":1}']);
      await pipe.receive('generic', [alert('After', 0)]);
      await pipe.run();
      expect(await together(pipe)).toEqual(
        expect.arrayContaining([
          'After',
          'Before',
          'Half \uFFFD of a pair',
          'NUL \uFFFD inside',
          'Records from faulty cannot be read',
          'Records from generic cannot be read',
          'Records from gone cannot be read',
        ]),
      );
      const unplaced = `select r.id from raw_record r where not exists (select 1 from alert_raw x where x.raw_id = r.id)`;
      expect(await pipe.rows(unplaced)).toEqual([]);
    }));

  it('alone in its step is shown too', () =>
    within(async (pipe) => {
      poison(pipe);
      await pipe.receive('poison', ['{}']);
      expect(await pipe.step()).toBe(1);
      expect(await together(pipe)).toEqual(['Records from poison cannot be read']);
      expect((await pipe.rows<{ quoted: unknown[] }>('select quoted from alert'))[0]?.quoted[0]).toMatchObject({
        name: 'problem',
        value: 'the record cannot be stored',
      });
    }));

  it('by the database is shown, and all others of its step are stored', () =>
    within(async (pipe) => {
      poison(pipe);
      await pipe.receive('generic', [alert('A', 0)]);
      await pipe.receive('poison', ['{"n":1}', '{"n":2}']);
      await pipe.receive('generic', [alert('B', 0)]);
      expect(await pipe.step()).toBe(4);
      expect(await together(pipe)).toEqual(['A', 'B', 'Records from poison cannot be read']);
      expect(await pipe.rows(`select count from alert where source = 'poison'`)).toEqual([{ count: 2 }]);
    }));

  it('waits when the database is at fault', () =>
    within(async (pipe) => {
      await pipe.receive('generic', [alert('A', 0)]);
      await pipe.store.query('alter table publication rename to away');
      await expect(pipe.step()).rejects.toThrow('publication');
      await pipe.store.query('alter table away rename to publication');
      expect(await pipe.step()).toBe(1);
      expect(await together(pipe)).toEqual(['A']);
    }));
});

/** A source whose alerts the database refuses: they have no product. */
function poison(pipe: RunningPipeline): void {
  pipe.sources.set('poison', {
    name: 'poison',
    parse(_record, context) {
      const parsed = generic.parse({ title: 'Poison' }, context);
      if ('error' in parsed) return parsed;
      return parsed.map((one) => ({ ...one, source: 'poison', product: null as unknown as string }));
    },
  });
}
