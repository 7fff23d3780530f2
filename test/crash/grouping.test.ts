import { expect, it } from 'vitest';
import { runningPipeline } from '../running-pipeline.ts';
import { seeded } from './seeded.ts';
import { partition, stories } from './stories.ts';

it('300 alerts in five orders and batchings, each into a database of its own, group as the facts do', async () => {
  const { alerts, groups } = stories(seeded(5), 300, new Date('2026-03-01T11:00:00Z'));
  expect(groups.length).toBeGreaterThan(20);
  expect(Math.max(...groups.map((group) => group.length))).toBeGreaterThan(10);
  for (let order = 0; order < 5; order += 1) {
    const chance = seeded(100 + order);
    await using pipe = await runningPipeline();
    const shuffled = chance.shuffled(alerts);
    const raws: string[] = [];
    while (raws.length < shuffled.length) {
      const batch = shuffled.slice(raws.length, raws.length + chance.whole(1, 60));
      raws.push(...(await pipe.receive('generic', batch)));
      await pipe.run(chance.whole(1, 50));
    }
    const rows = await pipe.rows<{ raw: string; incident: string }>(
      `select x.raw_id as raw, a.incident_id as incident from alert_raw x join alert a on a.id = x.alert_id
       join incident i on i.id = a.incident_id and i.status = 'open'`,
    );
    const idOf = new Map(raws.map((raw, k) => [raw, shuffled[k]?.id ?? '?']));
    const found = Object.values(Object.groupBy(rows, (row) => row.incident)).map((group) =>
      (group ?? []).map((row) => idOf.get(row.raw) ?? '?'),
    );
    expect(partition(found)).toEqual(groups);
  }
}, 120_000);

it('a closed incident that comes back in the batch that shows it to be part of another is merged, not left open and empty', async () => {
  await using pipe = await runningPipeline();
  const about = (id: string, rule: string, ...hosts: string[]) => ({
    id,
    title: id,
    rule,
    time: '2026-03-01T11:00:00Z',
    entities: hosts.map((value) => ({ type: 'host', value })),
  });
  await pipe.take(about('open', 'r1', 'a.example.net'));
  await pipe.take(about('closed', 'r2', 'b.example.net'));
  await pipe.close('2');
  await pipe.take(about('again', 'r2', 'b.example.net'), about('bridge', 'r3', 'a.example.net', 'b.example.net'));
  const incidents = await pipe.rows(
    'select id, status, merged_into as into, alert_count as records from incident order by id',
  );
  expect(incidents).toEqual([
    { id: '1', status: 'open', into: null, records: 4 },
    { id: '2', status: 'merged', into: '1', records: 0 },
  ]);
});
