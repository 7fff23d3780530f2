import { at } from '../fields/at.ts';

const deepest = 4;

/**
 * The CloudTrail events inside what AWS delivers them in: one alone, the `Records` of a file in S3, an EventBridge event
 * (`detail`), an SNS notification (`Message`, JSON as text), or a CloudWatch Logs subscription (`logEvents`).
 */
export function unpack(record: unknown, depth = 0): Record<string, unknown>[] {
  if (depth > deepest || record === null || typeof record !== 'object' || Array.isArray(record)) return [];
  const fields = record as Record<string, unknown>;
  if (isEvent(fields)) return [fields];
  const records = at(fields, 'Records');
  if (Array.isArray(records)) return records.flatMap((item) => unpack(at(item, 'Sns') ?? item, depth + 1));
  const logEvents = at(fields, 'logEvents');
  if (Array.isArray(logEvents)) return logEvents.flatMap((item) => unpack(parsed(at(item, 'message')), depth + 1));
  return [at(fields, 'detail'), parsed(at(fields, 'Message'))].flatMap((inner) => unpack(inner, depth + 1));
}

/** An empty file is CloudTrail's too: a region in which nothing happened. */
export function isEmptyPack(record: unknown): boolean {
  const records = at(record, 'Records');
  return Array.isArray(records) && records.length === 0;
}

function isEvent(fields: Record<string, unknown>): boolean {
  return typeof fields.eventName === 'string' && typeof fields.eventSource === 'string';
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
