import { startDatabase } from '../database.ts';
import { median } from '../figures.ts';
import type { Part, PartOptions } from '../part.ts';
import type { Row } from '../row.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { SendOrder, Sent } from '../workers/sender.ts';

const token = 'bench-token';

/** Connections that send single alerts; few that send batches, as forwarders do. */
const singleConnections = 32;
const batchConnections = 4;
const batch = 500;

/** Alerts acknowledged a second, one a request and in batches, each in turns with the same work without us. */
export const ingest: Part = async (part) => {
  const database = await startDatabase(part);
  const [yagura, bare, raw] = ['yagura-ingest', 'bare-ingest', 'raw-insert'].map((name) => startWorker(part, name));
  const sender = startWorker(part, 'sender');
  if (!yagura || !bare || !raw) throw new Error('a worker is missing');
  const ours = await yagura.ask<{ port: number }>({ databaseUrl: await database.make('ours'), token });
  const theirs = await bare.ask<{ port: number }>({ databaseUrl: await database.make('bare') });
  const rawUrl = await database.make('raw');
  const seconds = part.quick ? 0.3 : 3.5;
  const single = (port: number) => send(sender, { port, token, connections: singleConnections, batch: 1, seconds });
  const many = (port: number) => send(sender, { port, token, connections: batchConnections, batch, seconds });
  const inserted = () => raw.ask<{ rate: number }>({ databaseUrl: rawUrl, batch, seconds });
  part.say('single alerts, in turns with a bare server');
  const singles = await inTurns(
    part,
    () => single(ours.port),
    () => single(theirs.port),
  );
  part.say(`batches of ${batch}, in turns with a raw insert`);
  const batches = await inTurns(part, () => many(ours.port), inserted);
  return [...singleRows(singles), ...batchRows(batches)];
};

/** Runs both in turns, first once each to warm up. */
async function inTurns<A, B>(part: PartOptions, one: () => Promise<A>, other: () => Promise<B>) {
  const rounds = part.quick ? 1 : 3;
  const taken: { ours: A[]; theirs: B[] } = { ours: [], theirs: [] };
  for (let round = part.quick ? 1 : 0; round <= rounds; round += 1) {
    const [ours, theirs] = [await one(), await other()];
    if (round === 0) continue;
    taken.ours.push(ours);
    taken.theirs.push(theirs);
  }
  return taken;
}

function send(sender: Worker, order: SendOrder): Promise<Sent> {
  return sender.ask<Sent>(order);
}

function singleRows({ ours, theirs }: { ours: Sent[]; theirs: Sent[] }): Row[] {
  const bareRate = median(theirs.map((sent) => sent.rate));
  const bareP99 = median(theirs.map((sent) => sent.p99));
  return [
    {
      id: 'singles.rate',
      what: 'durable single alerts over HTTP, 32 connections',
      figure: median(ours.map((sent) => sent.rate)),
      unit: 'alerts/s',
      beside: { what: 'bare node:http and group commit', figure: bareRate },
      goal: { of: 'ratio', at: 'least', value: 0.6 },
    },
    {
      id: 'singles.p99',
      what: 'the same, slowest of a hundred',
      figure: median(ours.map((sent) => sent.p99)),
      unit: 'ms p99',
      beside: { what: 'bare node:http and group commit', figure: bareP99 },
    },
  ];
}

function batchRows({ ours, theirs }: { ours: Sent[]; theirs: { rate: number }[] }): Row[] {
  return [
    {
      id: 'batches.rate',
      what: 'durable alerts over HTTP in batches of 500',
      figure: median(ours.map((sent) => sent.rate)),
      unit: 'alerts/s',
      beside: { what: 'raw insert of 500 rows, no HTTP', figure: median(theirs.map((one) => one.rate)) },
      goal: { of: 'ratio', at: 'least', value: 0.5 },
    },
  ];
}
