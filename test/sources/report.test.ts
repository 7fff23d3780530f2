import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { formAnswers, isReportForm } from '../../src/sources/report/form-answers.ts';
import { report } from '../../src/sources/report.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
function parsed(file: string): ParsedAlert | undefined {
  const path = join(import.meta.dirname, '..', 'fixtures', 'sources', 'report', file);
  const alerts = report.parse(JSON.parse(readFileSync(path, 'utf8')), context);
  return Array.isArray(alerts) ? alerts[0] : undefined;
}

describe('report', () => {
  it('reads the answers of the form, and the time the person gave', () => {
    const alert = parsed('form.json');
    expect(alert?.title).toBe('odd mail about the payroll');
    expect(alert?.time.toISOString()).toBe('2026-03-01T09:30:00.000Z');
    expect(alert?.quoted.map((q) => q.name)).toEqual(['what', 'where', 'when', 'reported by']);
  });

  it('trusts nothing a person wrote more than text', () => {
    const alert = parsed('form.json');
    expect(alert?.entities.map((e) => `${e.type}:${e.value}`)).toEqual([
      'host:laptop-77',
      'url:https://acme-pay.example/login',
      'domain:acme-pay.example',
      'email:payroll@acme-pay.example',
    ]);
    expect(new Set(alert?.entities.map((e) => e.from))).toEqual(new Set(['text']));
  });

  it('reads the Japanese form as the English one', () => {
    const body = [
      '### 何を見ましたか?\n\n給与を名乗る不審なメール。リンクは https://acme-pay.example/login',
      '### どこで見ましたか?\n\nlaptop-77',
      '### いつのことですか？\n\n2026-03-01T09:30:00Z',
    ].join('\n\n');
    const record = { number: 7, title: '報告: 不審なメール', body };
    expect(report.recognise?.(record)).toBe(true);
    const [alert] = report.parse(record, context) as ParsedAlert[];
    expect(alert?.title).toBe('不審なメール');
    expect(alert?.time.toISOString()).toBe('2026-03-01T09:30:00.000Z');
    expect(alert?.quoted.map(({ name, value }) => [name, value])).toContainEqual(['where', 'laptop-77']);
    expect(isReportForm(body)).toBe(true);
  });

  it('asks the same in the forms of both languages, under headings that are read', () => {
    const labels = (file: string) =>
      [
        ...readFileSync(new URL(`../../.github/ISSUE_TEMPLATE/${file}`, import.meta.url), 'utf8').matchAll(
          /label: (.+)/g,
        ),
      ]
        .map((m) => `### ${m[1]}\n\nx`)
        .join('\n\n');
    const asked = [...formAnswers(labels('report.yml')).keys()];
    expect(asked).toEqual(['what did you see', 'where', 'when']);
    expect([...formAnswers(labels('report.ja.yml')).keys()]).toEqual(asked);
  });

  it('takes an issue without the form as a whole', () => {
    const alert = parsed('adopted-issue.json');
    expect(alert?.title).toBe('db1 is slow and talks to 203.0.113.40');
    expect(alert?.quoted[0]?.value).toContain('No idea why.');
  });

  it('uses the first line when the title was left as it was, and skips what was not answered', () => {
    const alert = parsed('form-half-empty.json');
    expect(alert?.title).toBe('A pop-up from [malware.test] on my screen');
    expect(alert?.quoted.map((q) => q.name)).toEqual(['what']);
  });

  it('is the same record however often the issue is edited', () => {
    expect(report.eventId?.({ number: 3, body: 'a' })).toBe(report.eventId?.({ issue: { number: 3, body: 'b' } }));
  });

  it('keeps an answer that contains lower headings and code together', () => {
    const answers = formAnswers('### What did you see?\n\n#### log\n```\n# not a heading\n```\n\n### Where?\n\nx');
    expect(answers.get('what did you see')).toBe('#### log\n```\n# not a heading\n```');
    expect(answers.get('where')).toBe('x');
  });
});
