import { describe, expect, it } from 'vitest';
import { type FindingDraft, finding } from '../../src/normalize/finding.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';

const draft: FindingDraft = {
  kind: 'threat',
  source: 'falco',
  vendor: 'Falco',
  product: 'Falco',
  uid: 'f-1',
  title: 'Shell in a container',
  rule: 'shell',
  severity: 'high',
  time: new Date('2026-03-01T12:00:00Z'),
  entities: [{ type: 'ip', value: '203.0.113.7', role: 'remote', from: 'field' }],
  techniques: ['T1059', 'T1059', 'not one', 'T1059.004'],
  quoted: [
    ['output', ' two\n lines '],
    ['empty', ''],
    ['none', undefined],
    ['long', 'x'.repeat(900)],
  ],
  fingerprint: ['host:web-01'],
  class: 2004,
};

describe('finding', () => {
  it('makes a valid OCSF event with captions beside the numbers', () => {
    const { ocsf } = finding(draft);
    expect(validateOcsf(ocsf)).toEqual([]);
    expect(ocsf).toMatchObject({
      class_name: 'Detection Finding',
      activity_name: 'Create',
      type_uid: 200401,
      type_name: 'Detection Finding: Create',
      severity: 'High',
      observables: [{ type_id: 2, type: 'IP Address', value: '203.0.113.7' }],
    });
  });

  it('reads the end of an alert as OCSF closes it', () => {
    expect(finding({ ...draft, lifecycle: 'fixed' }).ocsf).toMatchObject({ activity_id: 3, type_uid: 200403 });
    expect(finding({ ...draft, lifecycle: 'reopened' }).ocsf).toMatchObject({ activity_id: 2, type_uid: 200402 });
  });

  it('puts titles and quotes on one line, within bounds, and leaves out what is empty', () => {
    const alert = finding({ ...draft, title: ` a\n\tb ${'c'.repeat(400)}` });
    expect(alert.title.startsWith('a b c')).toBe(true);
    expect(alert.title).toHaveLength(256);
    expect(alert.quoted.map((q) => q.name)).toEqual(['output', 'long']);
    expect(alert.quoted[0]?.value).toBe('two lines');
    expect(alert.quoted[1]?.value).toHaveLength(501);
  });

  it('keeps each technique once and nothing that is none', () => {
    expect(finding(draft).techniques).toEqual(['T1059', 'T1059.004']);
  });

  it('falls back to the rule for a title', () => {
    expect(finding({ ...draft, title: ' \n ' }).title).toBe('shell');
  });
});
