import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { generic } from '../../src/sources/generic.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
function one(record: unknown): ParsedAlert {
  const alerts = generic.parse(record, context);
  if (!Array.isArray(alerts) || alerts[0] === undefined) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}

describe('generic', () => {
  it.each(['title', 'name', 'rule', 'alert', 'summary', 'message'])('takes its title from %s', (name) => {
    expect(one({ [name]: 'Something odd' }).title).toBe('Something odd');
  });

  it('prefers a title to a message, and looks into an object for one', () => {
    expect(one({ message: 'long text', title: 'short' }).title).toBe('short');
    expect(one({ rule: { name: 'inner', id: 5 } }).title).toBe('inner');
  });

  it('says which names it would read a title from', () => {
    expect(generic.parse({ foo: 1 }, context)).toMatchObject({
      error: { en: expect.stringContaining('title, alert_name') },
    });
    expect(generic.parse('text', context)).toHaveProperty('error');
  });

  it('is unknown in severity and of the time of receipt when the record says neither', () => {
    expect(one({ title: 'x' })).toMatchObject({ severity: 'unknown', time: context.receivedAt });
    expect(one({ title: 'x', severity: 7 }).severity).toBe('unknown');
    expect(one({ title: 'x', severity_id: 5 }).severity).toBe('critical');
  });

  it('believes typed fields and listed entities more than text', () => {
    const alert = one({
      title: 'login',
      src_ip: '198.51.100.9',
      message: 'from 198.51.100.9 to evil[.]example',
      entities: [{ type: 'container', value: 'abc', role: 'victim' }, { type: 'nonsense', value: 'x' }, 7],
    });
    expect(alert.entities).toEqual([
      { type: 'container', value: 'abc', role: 'victim', from: 'field' },
      { type: 'ip', value: '198.51.100.9', role: 'source', from: 'field' },
      { type: 'domain', value: 'evil.example', role: 'mentioned', from: 'text' },
    ]);
  });

  it('makes repeats of two records that differ in text and time only', () => {
    const first = one({
      title: 'login',
      host: 'web-01',
      message: 'try 1 from 198.51.100.9',
      time: '2026-03-01T00:00:00Z',
    });
    const second = one({
      title: 'login',
      host: 'WEB-01',
      message: 'try 2 from 198.51.100.8',
      time: '2026-03-01T00:01:00Z',
    });
    expect(second.fingerprint).toEqual(first.fingerprint);
    expect(second.rule).toBe(first.rule);
  });

  it('tells the same record sent again from the same finding at another time', () => {
    const record = { title: 'x', id: 'f-1', time: '2026-03-01T00:00:00Z' };
    expect(generic.eventId?.({ ...record })).toBe(generic.eventId?.(record));
    expect(generic.eventId?.({ ...record, time: '2026-03-02T00:00:00Z' })).not.toBe(generic.eventId?.(record));
    expect(generic.eventId?.({ title: 'x' })).toBeUndefined();
  });

  it('carries another kind with a subject of its own', () => {
    expect(one({ title: 'Bucket is open', kind: 'misconfiguration', id: 'b-1' })).toMatchObject({
      kind: 'misconfiguration',
      subject: ['generic:b-1'],
    });
  });

  it('keeps only https links', () => {
    expect(one({ title: 'x', link: 'https://tool.example/a/1' }).link).toBe('https://tool.example/a/1');
    expect(one({ title: 'x', link: 'javascript:alert(1)' }).link).toBeUndefined();
  });
});
