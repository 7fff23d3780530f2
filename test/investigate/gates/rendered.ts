import type { Claim, Report } from '../../../src/domain/report.ts';
import { techniques } from '../../../src/investigate/attack/techniques.ts';
import { gateAsk } from '../../../src/investigate/gates/ask-gate.ts';
import { gateClaim } from '../../../src/investigate/gates/claim-gate.ts';
import type { Ground } from '../../../src/investigate/gates/ground.ts';
import type { ClaimAnswer } from '../../../src/investigate/gates/model-answer.ts';
import { gateReport } from '../../../src/investigate/gates/report-gate.ts';
import { askComment } from '../../../src/publish/ask-comment.ts';
import { renderIssue } from '../../../src/publish/render-issue.ts';
import { reportComment } from '../../../src/publish/report-comment.ts';
import { alertView, reportOf, viewOf } from '../../publish/views.ts';
import { answer, claim, ground } from './mining-ground.ts';

/** What people would see of these claims: the issue and its comment, rendered for GitHub. */
function published(claims: Claim[]): string {
  return shown(reportOf({ claims, verdict: 'suspicious', because: 'by policy', investigator: 'model' }));
}

function shown(report: Report): string {
  const view = viewOf([alertView('1', { title: 'miner' })], { report });
  const policy = { mode: 'observe' as const, mention: { severity: 'critical' as const, who: [] } };
  return `${renderIssue(view).body}\n\n${reportComment(view, { report, evidence: [] }, [], policy)}`;
}

/** As it is: through the gate, then the renderer. */
export function gated(given: ClaimAnswer, on: Ground = ground): string {
  const one = gateClaim(given, on);
  return published('claim' in one ? [one.claim] : []);
}

/** With the gate taken away. */
export function ungated(given: ClaimAnswer): string {
  return published([{ text: [given.text], evidence: given.evidence }]);
}

/** With the renderer taken away: what passed the gate, as it is. */
export function unrendered(given: ClaimAnswer): string {
  const one = gateClaim(given, ground);
  if (!('claim' in one)) return '';
  return one.claim.text.map((part) => (typeof part === 'string' ? part : 'quote' in part ? part.quote : '')).join('');
}

/** With both taken away. */
export function unguarded(given: ClaimAnswer): string {
  return given.text;
}

/** Every sentence of a report whose every text is this one, rendered. */
export function everywhere(text: string): string {
  const said = claim(text, ['E1', 'E2']);
  const [benign, harmful] = answer().hypotheses;
  const all = answer({
    because: said,
    hypotheses: [
      ...(benign ? [benign] : []),
      ...(harmful ? [harmful] : []),
      { statement: text, benign: true, for: [said], against: [said] },
    ],
    severity: { proposed: 'low', because: said },
    techniques: [
      { id: 'T1496', because: claim('A miner runs.'), plain: text },
      { id: text, because: said, plain: text },
    ],
    affected: [
      { entity: text, evidence: [text] },
      { entity: `host:${text}`, evidence: ['E1'] },
    ],
    recommendations: [
      { offer: text, now: true, because: said, plain: text },
      { offer: 'P1', now: true, because: said, plain: text },
    ],
    questions: [{ ask: text, who: text }],
  });
  const offer = { id: 'P1', action: 'block', target: { type: 'ip' as const, value: '203.0.113.7' }, rule: 'x' };
  const report = gateReport(all, ground, [offer], techniques, 'en');
  const asked = gateAsk({ claims: [said], cannotSay: text }, ground);
  const { dropped: _, refused: __, ...passed } = report;
  const planted = [{ where: 'raw record', quote: text }];
  return [
    shown(reportOf({ ...passed, investigator: 'model', planted })),
    askComment({ question: text, asker: 'ken', ...asked }, 'en'),
  ].join('\n\n');
}
