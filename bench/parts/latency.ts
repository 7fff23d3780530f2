import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../figures.ts';
import type { Part } from '../part.ts';
import { ask, type Installation, ingestToken, startInstallation } from '../processes.ts';
import type { Row } from '../row.ts';
import { sampleAlerts } from '../sample-alerts.ts';

/** Alerts sent one by one; three writes each must stay below the outbox's 90 a minute. */
const count = 40;
const paceMs = 2_150;

interface Write {
  at: number;
  method: string;
  path: string;
  status: number;
}

/** Milliseconds from sending a single alert to its issue, and to the report below it, as the forge logged them. */
export const latency: Part = async (part) => {
  const installation = await startInstallation(part);
  const alerts = part.quick ? 2 : count;
  part.say(`${alerts} alerts, one every ${paceMs / 1000} s`);
  const sent = await sendAll(installation, alerts, part.quick ? 300 : paceMs);
  const { issues, reports } = await publishedTimes(installation, alerts);
  const took = (at: Map<number, number>) => sent.map((from, k) => (at.get(k) ?? Number.POSITIVE_INFINITY) - from);
  return [...rows('latency.issue', 'alert to its issue', took(issues)), ...reportRows(took(reports))];
};

async function sendAll({ port }: Installation, alerts: number, pace: number): Promise<number[]> {
  const sample = sampleAlerts();
  const sent: number[] = [];
  for (let n = 0; n < alerts; n += 1) {
    const from = Date.now();
    const response = await fetch(`http://127.0.0.1:${port}/ingest/generic`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ingestToken}`, 'content-type': 'application/json' },
      body: new Uint8Array(sample.make(n)),
    });
    if (response.status !== 202) throw new Error(`the app answered ${response.status}`);
    sent.push(from);
    await sleep(Math.max(0, from + pace - Date.now()));
  }
  return sent;
}

/** When the issue of each alert was made, and the first comment on it, by the forge's clock. */
async function publishedTimes({ forge }: Installation, alerts: number) {
  const last = Date.now() + 30_000;
  for (;;) {
    const writes = (await ask<Write[]>(forge, '/_admin/log')).filter((w) => w.method === 'POST' && w.status === 201);
    const made = writes.filter((w) => w.path.endsWith('/repos/acme/soc/issues'));
    const said = new Map<number, number>();
    for (const write of writes) {
      const issue = Number(/\/repos\/acme\/soc\/issues\/(\d+)\/comments$/.exec(write.path)?.[1] ?? 0);
      if (issue > 0 && !said.has(issue)) said.set(issue, write.at);
    }
    if ((made.length >= alerts && said.size >= alerts) || Date.now() > last) return byAlert(forge, made, said);
    await sleep(200);
  }
}

async function byAlert(forge: Installation['forge'], made: Write[], said: Map<number, number>) {
  const issues = new Map<number, number>();
  const reports = new Map<number, number>();
  const found = await ask<{ number: number; body: string }[]>(
    forge,
    '/repos/acme/soc/issues?state=all&sort=created&direction=asc&per_page=100',
  );
  for (const [k, { number, body }] of found.entries()) {
    const alert = Number(/web-(\d{9})/.exec(body)?.[1] ?? -1);
    issues.set(alert, made[k]?.at ?? Number.POSITIVE_INFINITY);
    reports.set(alert, said.get(number) ?? Number.POSITIVE_INFINITY);
  }
  return { issues, reports };
}

function rows(id: string, what: string, took: number[]): [Row, Row] {
  return [
    { id: `${id}.p50`, what, figure: percentile(took, 0.5), unit: 'ms p50' },
    { id: `${id}.p95`, what: 'the same, slowest of twenty', figure: percentile(took, 0.95), unit: 'ms p95' },
  ];
}

function reportRows(took: number[]): Row[] {
  const [p50, p95] = rows('latency.report', 'alert to the published investigation', took);
  return [{ ...p50, goal: { of: 'figure', at: 'most', value: 1_000 } }, p95];
}
