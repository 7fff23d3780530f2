import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../part.ts';
import { ingestToken, startInstallation } from '../processes.ts';
import type { Row } from '../row.ts';
import { startWorker } from '../worker.ts';
import type { Sent } from '../workers/sender.ts';

const goal = { of: 'figure', at: 'most', value: 300 } as const;

/** What the app's process holds: idle, after 10,000 alerts in a minute, and at its peak. */
export const memory: Part = async (part) => {
  const { port, pid } = await startInstallation(part);
  await sleep(part.quick ? 0 : 5_000);
  const idle = sizeOf(pid);
  const seconds = part.quick ? 1 : 60;
  const perSecond = 10_000 / 60;
  part.say(`10,000 alerts a minute for ${seconds} s, each a story of its own`);
  const order = { port, token: ingestToken, connections: 8, batch: 1, seconds, perSecond };
  const sent = await startWorker(part, 'sender').ask<Sent>(order);
  if (!part.quick && sent.alerts < 9_900) throw new Error(`only ${sent.alerts} alerts were taken in a minute`);
  await sleep(part.quick ? 0 : 5_000);
  const after = sizeOf(pid);
  const row = (id: string, what: string, figure: number): Row => ({ id: `memory.${id}`, what, figure, unit: 'MB' });
  return [
    row('idle.rss', 'app process, idle: resident', idle.rss),
    row('idle.pss', 'app process, idle: its share (PSS)', idle.pss),
    row('after.rss', 'after 10,000 alerts in a minute: resident', after.rss),
    row('after.pss', 'after 10,000 alerts in a minute: its share (PSS)', after.pss),
    { ...row('peak', 'at its peak: resident', after.peak), goal },
  ];
};

/** Sizes of a process in MB, as Linux tells them; none elsewhere. */
function sizeOf(pid: number): { rss: number; pss: number; peak: number } {
  const field = (file: string, name: string) => {
    try {
      const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
      return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) / 1024;
    } catch {
      return Number.NaN;
    }
  };
  return { rss: field('status', 'VmRSS'), pss: field('smaps_rollup', 'Pss'), peak: field('status', 'VmHWM') };
}
