import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forgetEvents } from '../../src/store/forget-events.ts';
import { within } from '../told-alerts.ts';

const login = JSON.parse(
  readFileSync(new URL('../fixtures/sources/cloudtrail/console-login-root.json', import.meta.url), 'utf8'),
);

const rule = `title: From one region
id: 11111111-0000-4000-8000-000000000003
level: low
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { awsRegion: ap-northeast-1 }
  condition: selection
`;

const days = (count: number) => count * 24 * 3600 * 1000;

describe('raw events that no rule matched', () => {
  it('are kept for a week and then deleted, those of alerts are kept for good', () =>
    within(async (pipe) => {
      pipe.policy = { ...pipe.policy, detections: [{ path: 'detections/a.yml', text: rule }] };
      const event = (eventID: string, awsRegion: string) => ({ ...login, eventID, awsRegion });
      await pipe.receive('cloudtrail', [
        event('a', 'eu-west-1'),
        event('b', 'ap-northeast-1'),
        event('c', 'eu-west-1'),
      ]);
      await pipe.run();
      const now = pipe.now.getTime();
      expect(await forgetEvents(pipe.store, new Date(now + days(6)))).toBe(0);
      expect(await forgetEvents(pipe.store, new Date(now + days(8)))).toBe(2);
      expect(await pipe.rows('select count(*)::int as n from raw_record')).toEqual([{ n: 1 }]);
      expect(await forgetEvents(pipe.store, new Date(now + days(9)))).toBe(0);
    }));

  it('are not deleted before rules were asked about them', () =>
    within(async (pipe) => {
      await pipe.receive('cloudtrail', [login]);
      expect(await forgetEvents(pipe.store, new Date(pipe.now.getTime() + days(8)))).toBe(0);
      await pipe.run();
      expect(await forgetEvents(pipe.store, new Date(pipe.now.getTime() + days(8)))).toBe(1);
    }));
});
