import type { Assessment } from '../domain/assessment.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Claim, Report } from '../domain/report.ts';
import { brief, briefly } from './brief.ts';
import { cited, claimText } from './claim-line.ts';
import { topAlert, urgency } from './headline.ts';
import { code } from './text.ts';
import { isModels, modelSays, modelVerdict, whyUndecided } from './verdict-line.ts';

/** A notification shows about two hundred characters, and the verdict and what to type belong to them. */
const becauseLimit = 140;

/** Sentences of the comment below its first line. */
const shownClaims = 5;

/** The first line of a comment on what a model found, up to what to type: it stands alone at night on a telephone. */
export function modelLine(view: IncidentView, report: Report): string {
  const { severity } = view.incident;
  const { sign, sentence: soon } = urgency(view.incident, report);
  const said = modelSays(report, view.incident);
  const because = claimText(report.assessment?.because, becauseLimit);
  const top = topAlert(view);
  const what = top ? code(top.title, 120) : 'an alert';
  if (said === undefined)
    return `${sign} **${soon} Not decided, severity ${severity}:** ${what}. Why not: ${whyUndecided(report)}.`;
  return `${sign} **${soon} ${said}, severity ${severity}:** ${because === '' ? what : because}.`;
}

/**
 * Up to five lines: what speaks for the likeliest reading, the best against it, what the others have, then what was
 * checked; behind them, where it is not decided, what would decide it.
 */
export function strongest(report: Report, assessment: Assessment): string[] {
  const [likeliest, ...others] = assessment.hypotheses;
  const because = assessment.because;
  const said =
    isModels(report) && modelVerdict(assessment) !== undefined && because && !briefly(because.text, becauseLimit).cut;
  const whole = because && !said ? [because] : [];
  const lines = [
    ...whole.map((claim) => line('', claim)),
    ...(likeliest?.for ?? []).slice(0, 3).map((claim) => line('For: ', claim)),
    ...(likeliest?.against ?? []).slice(0, 1).map((claim) => line('Against: ', claim)),
    ...others.flatMap((one) =>
      one.for
        .slice(0, 1)
        .map((claim) => line(`Or${one.benign ? ' harmless' : ''}: ${brief(one.statement, 140)}. `, claim)),
    ),
    ...report.claims.map((claim) => line('', claim)),
  ];
  const seen = new Set<string>(said ? [bare(line('', because))] : []);
  const shown = lines.filter((text) => text !== '' && !seen.has(bare(text)) && seen.add(bare(text)));
  return [...shown.slice(0, shownClaims), ...deciding(report, assessment)];
}

function deciding(report: Report, assessment: Assessment): string[] {
  if (modelVerdict(assessment) !== undefined) return [];
  return report.questions
    .slice(0, 2)
    .map((q) => `- To be asked: ${brief([q.ask], 300)}${q.who ? ` (${brief([q.who], 80)})` : ''}`);
}

function line(side: string, claim: Claim | undefined): string {
  return claim && cited(claim.evidence) !== '' ? `- ${side}${claimText(claim)}` : '';
}

/** A line without the side it speaks for, so that nothing is said twice. */
function bare(text: string): string {
  return text.replace(/^- (?:For: |Against: )?/, '');
}
