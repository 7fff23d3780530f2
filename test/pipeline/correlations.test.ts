import { describe, expect, it } from 'vitest';
import { loadAlerts } from '../../src/store/incident-view.ts';
import type { RunningPipeline } from '../running-pipeline.ts';
import { incidents, within } from '../told-alerts.ts';
import { call, login, loginRules, useRules } from './counted-logins.ts';

/** Logins at these minutes after 12:00. */
const logins = (...minutes: number[]) => minutes.map((minute) => login(minute));

/** An event with a key that JSON has and literals do not. */
const ownProto = (event: object) => JSON.stringify(event).replace(/}$/, ',"__proto__":"y"}');

const alerts = (pipe: RunningPipeline) => pipe.rows<{ title: string; count: number }>('select title, count from alert');

describe('a correlation rule of the policy', () => {
  it('becomes one alert of all it counted, over steps, and the rule it counts none', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3'));
      for (const minute of [1, 2, 3]) {
        await pipe.receive('cloudtrail', [login(minute)]);
        await pipe.run();
      }
      const [incident] = await incidents(pipe);
      const [alert, ...more] = await loadAlerts(pipe.store, incident?.id ?? '', 10);
      expect(more).toEqual([]);
      expect(alert).toMatchObject({
        title: 'Many logins of one account',
        severity: 'high',
        techniques: ['T1110'],
        time: new Date('2026-03-01T12:03:00Z'),
        attribution: { author: 'Ada Example', file: 'detections/logins.yml:1' },
      });
      expect(alert?.quoted.slice(0, 2)).toEqual([
        { name: 'events', value: '3 within 10 min' },
        { name: 'recipientAccountId', value: call.recipientAccountId },
      ]);
      // A count of events is said once.
      expect(alert?.quoted.map(({ name }) => name)).not.toContain('value');
      const addresses = alert?.entities.filter(({ type }) => type === 'ip').map(({ value }) => value);
      expect(addresses).toEqual(['203.0.113.2', '203.0.113.3', '203.0.113.4']);
    }));

  it('goes on counting where a process ended', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3'));
      await pipe.receive('cloudtrail', logins(1, 2));
      await pipe.run();
      pipe.restart();
      await pipe.receive('cloudtrail', logins(3));
      await pipe.run();
      expect(await alerts(pipe)).toEqual([{ title: 'Many logins of one account', count: 1 }]);
    }));

  it('tells nothing twice when a process starts with all it counted before', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3'));
      await pipe.receive('cloudtrail', logins(1, 2, 3));
      await pipe.run();
      pipe.restart();
      await pipe.receive('cloudtrail', logins(4));
      await pipe.run();
      expect(await alerts(pipe)).toEqual([{ title: 'Many logins of one account', count: 1 }]);
    }));

  it('goes on from windows that were written down, with what came after them', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3'));
      await pipe.receive('cloudtrail', logins(1, 2, 3, 4));
      await pipe.run();
      expect(await alerts(pipe)).toHaveLength(1);
      pipe.now = new Date(pipe.now.getTime() + 61_000);
      await pipe.receive('cloudtrail', logins(5));
      await pipe.run();
      pipe.restart();
      await pipe.receive('cloudtrail', logins(6));
      await pipe.run();
      // 1, 2 and 3 were told; 4 and 5 were held, and 6 completes them.
      expect(await alerts(pipe)).toEqual([{ title: 'Many logins of one account', count: 2 }]);
    }));

  it('counts values that the database cannot hold, and groups by them after a restart as before', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3', { groupBy: 'userAgent, sourceIPAddress, __proto__' }));
      const agents = [
        'a\u0000b',
        'half \ud83d',
        'x'.repeat(500_000),
        Array.from({ length: 20_000 }, (_, k) => `a${k}`),
      ];
      const of = (minute: number) =>
        agents.map((userAgent, k) => {
          const sourceIPAddress = `203.0.113.${k}`;
          return login(minute, { eventID: `${k}-${minute}`, userAgent, sourceIPAddress });
        });
      await pipe.receive(
        'cloudtrail',
        of(1).map((one) => ownProto(one)),
      );
      await pipe.run();
      pipe.now = new Date(pipe.now.getTime() + 61_000);
      await pipe.receive(
        'cloudtrail',
        of(2).map((one) => ownProto(one)),
      );
      await pipe.run();
      pipe.restart();
      await pipe.receive(
        'cloudtrail',
        of(3).map((one) => ownProto(one)),
      );
      await pipe.run();
      const titles = (await alerts(pipe)).map(({ title }) => title);
      expect(new Set(titles)).toEqual(new Set(['Many logins of one account']));
      const [size] = await pipe.rows<{ most: number }>(
        'select max(length(field_values::text)) as most from rule_match',
      );
      expect(size?.most).toBeLessThan(2_000);
      const told = await pipe.rows<{ total: number }>('select count(*)::int as total from correlation_told');
      // One for each value, and the first ten of the list.
      expect(told).toEqual([{ total: 13 }]);
    }));

  it('is not kept from counting by one event from the future', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('lte: 2'));
      await pipe.receive('cloudtrail', [login(1, { eventID: 'f', eventTime: '2099-01-01T00:00:00Z' })]);
      await pipe.run();
      await pipe.receive('cloudtrail', logins(1, 2, 3));
      await pipe.run();
      expect(await alerts(pipe)).toEqual([]);
    }));

  it('counts nothing twice of a step whose transaction failed', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3'));
      await pipe.receive('cloudtrail', logins(1, 2));
      const { transaction } = pipe.store;
      pipe.store.transaction = (work) =>
        transaction.call(pipe.store, async (tx) => {
          await work(tx);
          throw new Error('the server went away');
        }) as never;
      await expect(pipe.run()).rejects.toThrow('went away');
      pipe.store.transaction = transaction;
      await pipe.run();
      expect(await alerts(pipe)).toEqual([]);
      await pipe.receive('cloudtrail', logins(3));
      await pipe.run();
      expect(await alerts(pipe)).toEqual([{ title: 'Many logins of one account', count: 1 }]);
    }));

  it('that waits for the end of its window is judged though no event comes any more', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('lte: 2'));
      await pipe.receive('cloudtrail', logins(1, 2));
      await pipe.run();
      expect(await alerts(pipe)).toEqual([]);
      pipe.now = new Date(pipe.now.getTime() + 3_600_000);
      await pipe.run();
      expect(await alerts(pipe)).toEqual([{ title: 'Many logins of one account', count: 1 }]);
      pipe.now = new Date(pipe.now.getTime() + 3_600_000);
      await pipe.run();
      expect(await alerts(pipe)).toHaveLength(1);
    }));

  it('lets the rules it counts speak too when it says generate', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 3', { more: '  generate: true' }));
      await pipe.receive('cloudtrail', logins(1));
      await pipe.run();
      expect(await alerts(pipe)).toEqual([{ title: 'A login', count: 1 }]);
    }));

  it('forgets what no window can hold any more', () =>
    within(async (pipe) => {
      useRules(pipe, loginRules('gte: 30'));
      await pipe.receive('cloudtrail', logins(1, 2, 59));
      await pipe.run();
      pipe.now = new Date(pipe.now.getTime() + 120_000);
      await pipe.run();
      expect(await pipe.rows('select count(*)::int as n from rule_match')).toEqual([{ n: 1 }]);
    }));
});
