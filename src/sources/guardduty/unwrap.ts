import { at } from '../fields/at.ts';

const deepest = 4;

/**
 * The findings inside what AWS delivers them in: plain, an EventBridge event (`detail`), an SNS notification
 * (`Message`, JSON as text), or the `Records` a Lambda function gets, one in another.
 */
export function unwrap(record: unknown, depth = 0): unknown[] {
  if (depth > deepest || record === null || typeof record !== 'object') return [];
  const records = at(record, 'Records');
  if (Array.isArray(records))
    return records.slice(0, 100).flatMap((item) => unwrap(at(item, 'Sns') ?? item, depth + 1));
  const detail = at(record, 'detail');
  if (detail !== null && typeof detail === 'object') return unwrap(detail, depth + 1);
  const message = at(record, 'Message');
  if (typeof message === 'string') return unwrap(parsed(message), depth + 1);
  return [record];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
