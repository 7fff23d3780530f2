import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeEventRecord } from '../../src/normalize/native-event-record.ts';
import { cloudtrail } from '../../src/sources/cloudtrail.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'cloudtrail', file), 'utf8'));
function read(record: unknown): NativeEventRecord[] {
  const events = cloudtrail.read(record, context);
  if (!Array.isArray(events)) throw new Error(events.error.en);
  return events;
}
const names = (record: unknown) => read(record).map(({ event }) => event.eventName);
const entities = (event: NativeEventRecord | undefined) =>
  event?.facts().entities.map((e) => `${e.role} ${e.type}:${e.value}`);
const root = fixture('console-login-root.json');

describe('cloudtrail', () => {
  it('gives the event as AWS wrote it, at its time', () => {
    const [event] = read(root);
    expect(event?.event).toEqual(root);
    expect(event?.time.toISOString()).toBe('2026-03-01T12:00:05.000Z');
  });

  it('finds the events in whatever AWS delivers them in', () => {
    expect(names(fixture('file-of-records.json'))).toEqual(['RunInstances', 'PutBucketPolicy']);
    expect(names(fixture('eventbridge.json'))).toEqual(['CreateAccessKey']);
    expect(names({ Type: 'Notification', Message: JSON.stringify({ Records: [root] }) })).toEqual(['ConsoleLogin']);
    expect(names({ Records: [{ Sns: { Message: JSON.stringify(root) } }] })).toEqual(['ConsoleLogin']);
    expect(names({ logEvents: [{ id: '1', message: JSON.stringify(root) }] })).toEqual(['ConsoleLogin']);
  });

  it('takes an empty file as no events, and anything else without one as a failure', () => {
    expect(cloudtrail.read({ Records: [] }, context)).toEqual([]);
    for (const record of [{}, [], 'text', null, { Records: [{}] }, { Message: 'hello' }])
      expect(cloudtrail.read(record, context)).toHaveProperty('error');
  });

  it('names who, from where, and what it was done to', () => {
    const [run, put] = read(fixture('file-of-records.json'));
    expect(entities(run)).toEqual([
      'actor cloud_resource:arn:aws:sts::111122223333:assumed-role/ci-deploy/deploy',
      "actor's role cloud_resource:arn:aws:iam::111122223333:role/ci-deploy",
      'access key cloud_resource:EXAMPLEKEYID00000001',
      'source ip:198.51.100.9',
      'instance cloud_resource:i-0abc0000000000007',
      'instance cloud_resource:i-0abc0000000000008',
    ]);
    expect(entities(put)).toEqual([
      'actor user:mika',
      'actor cloud_resource:arn:aws:iam::111122223333:user/mika',
      'access key cloud_resource:EXAMPLEKEYID00000002',
      'bucket cloud_resource:arn:aws:s3:::shop-backups',
    ]);
    expect(entities(read(root)[0])).toContain('actor user:root');
    expect(entities(read(fixture('eventbridge.json'))[0])).toEqual(
      expect.arrayContaining(['target user user:hana', 'new access key cloud_resource:EXAMPLEKEYID00000004']),
    );
  });

  it('quotes the call, the caller and a refusal', () => {
    const quoted = read(fixture('file-of-records.json')).map((event) => Object.fromEntries(event.facts().quoted));
    expect(quoted[0]).toMatchObject({
      event: 'RunInstances on ec2.amazonaws.com',
      from: '198.51.100.9, aws-cli/2.15.0',
    });
    expect(quoted[1]).toMatchObject({ refused: 'AccessDenied', account: '111122223333, eu-central-1' });
  });

  it('knows one event by its own id, a file by its bytes', () => {
    expect(cloudtrail.eventId?.(root)).toBe('00000000-0000-4000-8000-000000000001');
    expect(cloudtrail.eventId?.(fixture('eventbridge.json'))).toBe('00000000-0000-4000-8000-000000000004');
    expect(cloudtrail.eventId?.(fixture('file-of-records.json'))).toBeUndefined();
  });
});
