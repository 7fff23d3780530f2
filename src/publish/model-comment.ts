import { titleIn } from '../domain/alert-title.ts';
import type { Assessment, Hypothesis } from '../domain/assessment.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { Claim, Report } from '../domain/report.ts';
import { assessmentWords } from '../messages/assessment.ts';
import { reportWords } from '../messages/report.ts';
import { urgencyWords } from '../messages/urgency.ts';
import { brief, briefly } from './brief.ts';
import { claimText } from './claim-line.ts';
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
  const { language } = view.policy;
  const words = reportWords(language);
  const { sign, soon } = urgency(view.incident, report);
  const inWords = urgencyWords(language)[soon];
  const said = modelSays(report, view.incident, language);
  const because = claimText(report.assessment?.because, becauseLimit);
  const top = topAlert(view);
  const what = top ? code(titleIn(top, language), 120) : words.alert;
  if (said === undefined) return `${sign} ${words.notDecided(inWords, severity, what, whyUndecided(report, language))}`;
  return `${sign} ${words.decided(inWords, said, severity, because === '' ? what : because)}`;
}

/**
 * Up to five lines: what speaks for the likeliest reading, the best against it, what the others have, then what was
 * checked; behind them, where it is not decided, what would decide it.
 */
export function strongest(report: Report, assessment: Assessment, language: Language): string[] {
  const [likeliest, ...others] = assessment.hypotheses;
  const { because } = assessment;
  const { for: speaksFor, against } = assessmentWords(language);
  const decided = modelVerdict(assessment, language) !== undefined;
  const said = isModels(report) && decided && because && !briefly(because.text, becauseLimit).cut;
  const whole = because && !said ? [because] : [];
  const lines = [
    ...whole.map((claim) => line(plain, claim)),
    ...(likeliest?.for ?? []).slice(0, 3).map((claim) => line(speaksFor, claim)),
    ...(likeliest?.against ?? []).slice(0, 1).map((claim) => line(against, claim)),
    ...others.flatMap((one) =>
      one.for.slice(0, 1).map((claim) => line((text) => otherwise(one, text, language), claim)),
    ),
    ...report.claims.map((claim) => line(plain, claim)),
  ];
  const seen = new Set<string>(said ? [claimText(because)] : []);
  const shown = lines.filter(({ text, bare }) => text !== '' && !seen.has(bare) && seen.add(bare));
  return [...shown.slice(0, shownClaims).map(({ text }) => text), ...deciding(report, assessment, language)];
}

function deciding(report: Report, assessment: Assessment, language: Language): string[] {
  if (modelVerdict(assessment, language) !== undefined) return [];
  return report.questions
    .slice(0, 2)
    .map((q) => reportWords(language).toAsk(`${brief([q.ask], 300)}${q.who ? ` (${brief([q.who], 80)})` : ''}`));
}

/** What speaks for a reading that is not the likeliest. */
function otherwise({ benign, statement }: Hypothesis, claim: string, language: Language): string {
  const words = reportWords(language);
  return (benign ? words.orHarmless : words.or)(brief(statement, 140), claim);
}

const plain = (text: string) => text;

/** A line, and what it is without the side it speaks for, so that nothing is said twice. */
function line(side: (text: string) => string, claim: Claim | undefined): { text: string; bare: string } {
  const bare = claimText(claim);
  return { text: bare === '' ? '' : `- ${side(bare)}`, bare };
}
