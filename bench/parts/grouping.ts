import { startDatabase } from '../database.ts';
import type { Part } from '../part.ts';
import type { Row } from '../row.ts';
import { startWorker } from '../worker.ts';
import type { Grouped, PipelineOrder } from '../workers/pipeline.ts';

/** Alerts a second from raw record to incident, in few and in many stories, and what that takes of memory. */
export const grouping: Part = async (part) => {
  const database = await startDatabase(part);
  const alerts = part.quick ? 500 : 10_000;
  const rows: Row[] = [];
  for (const [name, stories] of [
    ['few', 20],
    ['many', 'own'],
  ] as const) {
    part.say(`${alerts} alerts in ${stories === 'own' ? alerts : stories} stories`);
    const order: PipelineOrder = { databaseUrl: await database.make(name), alerts, stories };
    const done = await startWorker(part, 'pipeline').ask<Grouped>(order);
    if (done.incidents !== (stories === 'own' ? alerts : stories))
      throw new Error(`${alerts} alerts in ${stories} stories became ${done.incidents} incidents`);
    const what = `${alerts.toLocaleString('en-US')} alerts to ${done.incidents.toLocaleString('en-US')} incidents`;
    rows.push({ id: `grouping.${name}.rate`, what, figure: done.rate, unit: 'alerts/s' });
    rows.push({ id: `grouping.${name}.memory`, what: 'the same, peak of memory', figure: done.peakMb, unit: 'MB' });
  }
  return rows;
};
