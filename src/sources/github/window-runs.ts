import { z } from 'zod';
import type { WindowRuns } from '../../domain/advisory.ts';

/** Runs named in an alert at most. */
const shownRuns = 5;

const moment = z.iso.datetime();
const schema = z.object({
  from: moment,
  to: moment,
  total: z.int().min(0),
  shown: z.array(z.object({ id: z.number(), path: z.string().max(300), at: moment })).max(shownRuns),
  unread: z.string().max(100).exactOptional(),
});

/** The runs in a record of ours; undefined when they are none or not as we write them. */
export function readRuns(value: unknown): WindowRuns | undefined {
  const read = schema.safeParse(value);
  return read.success ? read.data : undefined;
}
