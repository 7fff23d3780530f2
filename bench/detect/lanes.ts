import { type Chance, chance } from './chance.ts';
import { cloudTrailRecord } from './cloudtrail.ts';
import { processCreation, sysmonEvent } from './windows.ts';

/** One kind of traffic that rules are measured on. */
export interface Lane {
  name: string;
  what: string;
  seed: number;
  event(by: Chance): Record<string, unknown>;
}

/** Synthetic, and the same on every machine; about three events in a thousand are what some rule looks for. */
export const lanes: readonly Lane[] = [
  { name: 'process', what: 'Windows process creation', seed: 11, event: processCreation },
  { name: 'sysmon', what: 'Sysmon mix', seed: 23, event: sysmonEvent },
  { name: 'cloudtrail', what: 'CloudTrail', seed: 47, event: cloudTrailRecord },
];

/** The first `count` events of a lane, each a line of JSON. */
export function linesOf(lane: Lane, count: number): string[] {
  const by = chance(lane.seed);
  return Array.from({ length: count }, () => JSON.stringify(lane.event(by)));
}
