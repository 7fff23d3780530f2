import { describe, expect, it } from 'vitest';
import type { Assessment, Hypothesis } from '../../src/domain/assessment.ts';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import { severities } from '../../src/domain/severity.ts';
import { nextStep } from '../../src/publish/next-step.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { reportComment } from '../../src/publish/report-comment.ts';
import { assessmentOf, claim, contradicted, miner, obedient } from './model-stories.ts';
import { cryptomining } from './stories.ts';
import { at, reportOf } from './views.ts';

/** The miner with another assessment. */
function assessed(given: Partial<Assessment>): IncidentView {
  const view = miner();
  const report = view.report ?? reportOf();
  const assessment = { ...(report.assessment ?? assessmentOf({})), ...given };
  return { ...view, report: { ...report, verdict: assessment.verdict, assessment } };
}

const words = 'many words of a model that says much and means little '.repeat(60);

function longReading(k: number, benign = false): Hypothesis {
  const said = Array.from({ length: 10 }, (_, n) => claim([`${k}.${n} ${words}`], 'E1'));
  return { statement: [`${k} ${words}`], benign, for: said, against: said };
}

/** Everything a model could say, a hundredfold. */
function talkative(): IncidentView {
  const [one] = miner().report?.assessment?.techniques ?? [];
  const [advice] = miner().report?.assessment?.advice ?? [];
  return assessed({
    because: claim([words], 'E1'),
    hypotheses: [...Array.from({ length: 100 }, (_, k) => longReading(k)), longReading(100, true)],
    techniques: Array.from({ length: 100 }, () => ({ ...(one ?? missing()), plain: [words] })),
    affected: Array.from({ length: 100 }, (_, k) => ({
      entity: { type: 'host' as const, value: `h${k}` },
      evidence: ['E1'],
    })),
    advice: [{ ...(advice ?? missing()), plain: [words], because: claim([words], 'E5') }],
    severity: { proposed: 'critical', because: claim([words], 'E1') },
    dropped: Array.from({ length: 100 }, () => ({ reason: words, count: 1 })),
  });
}

function missing(): never {
  throw new Error('the story lacks it');
}

function openPart(body: string): string {
  return body.slice(0, body.indexOf('<details>'));
}

describe('a model that says too much', () => {
  it('pushes nothing out that can be typed, and the first screens stay short', () => {
    const { body, cut, listed } = renderIssue(talkative());
    expect(cut).toBe(true);
    expect(body.length).toBeLessThan(60_000);
    expect(listed).toEqual(['R2', 'R3', 'R4']);
    expect(body.indexOf('**Do next**')).toBeLessThan(2_500);
    expect(openPart(body).length).toBeLessThan(15_000);
    expect(body).toContain('<details><summary>Tasks (1)');
    expect(body).toContain('<details><summary>Evidence');
    expect(body).toMatch(/<!-- yagura:v1 issue=7 -->$/);
  });

  it('shows a harmless reading among those in the open, however unlikely', () => {
    expect(openPart(renderIssue(talkative()).body)).toContain('- **Harmless**: 100 many words');
  });

  it('gives way to notes of people: first its advice and readings, what to type last', () => {
    const notes = 'mine '.repeat(12_200).trim();
    const { body, listed } = renderIssue({ ...talkative(), notes });
    expect(body).toContain(notes);
    expect(body.length).toBeLessThan(65_536);
    expect(listed).toEqual(['R2', 'R3', 'R4']);
    expect(body).toContain('- `/approve R2` block');
    expect(body).not.toContain('What speaks for and against it');
  });

  it('is whole in the full text', () => {
    const { body } = renderIssue(talkative(), Number.POSITIVE_INFINITY);
    for (let k = 3; k < 100; k += 1) expect(body).toContain(`- **Or**: ${k} many words`);
    for (let n = 0; n < 10; n += 1) expect(body).toContain(`For: 0.${n} many words`);
  });

  it('stays one comment', () => {
    const view = talkative();
    const done = { report: view.report ?? reportOf(), evidence: [] };
    const policy = { mode: 'approve' as const, mention: { severity: 'high' as const, who: [] } };
    const text = reportComment(view, done, view.recommendations, policy);
    expect(text.length).toBeLessThan(4_000);
    expect(text.split('\n')[0]?.indexOf('Next: `/approve R2`')).toBeLessThan(260);
  });
});

describe('a proposed severity', () => {
  it.each(severities.filter((s) => s !== 'unknown'))('%s is offered only above the one of the incident', (proposed) => {
    const view = assessed({ severity: { proposed, because: claim(['it is so.'], 'E1') } });
    const { body } = renderIssue(view);
    const above = proposed === 'critical';
    expect(body.includes(`\`/severity ${proposed}\``)).toBe(above);
    const below = !above && proposed !== 'high';
    expect(body.includes(`would call the severity ${proposed}, below high: it is so [E1]`)).toBe(below);
    expect(openPart(body)).not.toContain('would call the severity');
  });

  it('is not offered where nothing can be typed', () => {
    const view = miner();
    const closed = { ...view, incident: { ...view.incident, status: 'closed' as const, closedAt: at(900) } };
    expect(renderIssue(closed).body).not.toContain('`/severity');
  });
});

describe('advice', () => {
  it('stands only below the very action it is about', () => {
    const [first] = miner().report?.assessment?.advice ?? [];
    const one = first ?? missing();
    const line = 'The model would do this now: The miner sends its work there [E5]';
    expect(renderIssue(assessed({ advice: [one] })).body).toContain(line);
    for (const other of [
      { action: 'unblock' },
      { rule: 'another-rule' },
      { target: { type: 'domain' as const, value: '203.0.113.7' } },
    ])
      expect(renderIssue(assessed({ advice: [{ ...one, ...other }] })).body).not.toContain(line);
  });

  it('brings forward what the model would do now and hides nothing it would leave', () => {
    const view = miner();
    const advice = view.report?.assessment?.advice ?? [];
    const next = (given: Assessment['advice']) => {
      const { report, incident, recommendations } = assessed({ advice: given });
      return nextStep(report ?? reportOf(), incident, recommendations, { mode: 'approve', language: 'en' });
    };
    const turned = advice.map((a) => ({ ...a, now: !a.now }));
    expect(next(advice)).toBe('`/approve R2` to block `203.0.113[.]7`');
    expect(next(turned)).toBe('`/approve R3` to block `pool.mine[.]example`');
    expect(next(advice.map((a) => ({ ...a, now: false })))).toBe(
      '`/approve R2` to block `203.0.113[.]7`, though the model would wait',
    );
    expect(next([])).toBe('`/approve R2` to block `203.0.113[.]7`');
  });
});

describe('a verdict of a model', () => {
  it('never makes an incident look less urgent than its severity does', () => {
    for (const severity of severities)
      for (const verdict of ['benign', 'false-positive', 'test', 'disregard', 'insufficient-data'] as const) {
        const view = assessed({ verdict });
        const judged = renderIssue({ ...view, incident: { ...view.incident, severity } }).body;
        const plain = cryptomining();
        const without = renderIssue({ ...plain, incident: { ...plain.incident, severity } }).body;
        const rank = (body: string) => ['⚪', '🟡', '🔴'].indexOf([...body][0] ?? '');
        expect(rank(without)).toBeGreaterThanOrEqual(0);
        expect(rank(judged)).toBeGreaterThanOrEqual(rank(without));
      }
  });

  it('offers no closing as benign to somebody who must judge for themselves', () => {
    expect(renderIssue(obedient()).body).not.toContain('/close benign');
    expect(renderIssue(contradicted()).body).not.toContain('/close benign');
    const calm = assessed({ verdict: 'benign' });
    const low = { ...calm, incident: { ...calm.incident, severity: 'low' as const } };
    expect(renderIssue(low).body).toContain('`/close benign <why>` when you agree');
  });

  it('is marked for a person by a label until a person has spoken', () => {
    const names = (view: IncidentView) => renderIssue(view).labels.map((l) => l.name);
    const view = obedient();
    expect(names(view)).toContain('needs: human');
    expect(names(miner())).not.toContain('needs: human');
    expect(names({ ...view, incident: { ...view.incident, verdictBy: 'ken', verdict: 'test' } })).not.toContain(
      'needs: human',
    );
    for (const label of renderIssue(view).labels) expect(label.description.length).toBeLessThanOrEqual(100);
  });
});
