import type { Assessment } from '../domain/assessment.ts';
import { defang } from '../domain/defang.ts';
import type { Incident } from '../domain/incident.ts';
import type { Language } from '../domain/locale.ts';
import type { Report } from '../domain/report.ts';
import type { Verdict } from '../domain/verdict.ts';
import { assessmentWords } from '../messages/assessment.ts';
import { verdictWords } from '../messages/verdicts.ts';
import { brief } from './brief.ts';
import { modelContradicts, needsHuman } from './needs-human.ts';

/** Verdicts that say that there is none. */
const undecided: Verdict[] = ['not-assessed', 'insufficient-data'];

/** `likely true positive (high confidence)`; undefined when the model could not decide. */
export function modelVerdict(assessment: Assessment, language: Language): string | undefined {
  const { verdict, confidence } = assessment;
  if (undecided.includes(verdict)) return undefined;
  const words = assessmentWords(language);
  const named = verdictWords(language)[verdict];
  return words.confidence(verdict === 'suspicious' ? named : words.likely(named), confidence);
}

/** Whether the verdict of a report is a model's, be it that it cannot tell. */
export function isModels(report: Report): boolean {
  const said =
    report.assessment !== undefined || (report.investigator === 'model' && report.verdict !== 'not-assessed');
  return said && report.verdictBy === undefined;
}

/** Why the model has no verdict, without full stop: what a gate said of it, unless the assessment says it with evidence. */
export function whyUndecided(report: Report, language: Language): string {
  const because = report.because ?? '';
  const claim = (report.assessment?.because?.text ?? []).map((part) => {
    if (typeof part === 'string') return part;
    if ('quote' in part) return part.quote;
    return 'entity' in part ? defang(part.entity) : '';
  });
  const said = letters(because) === '' || letters(claim.join('')) === letters(because);
  return said ? assessmentWords(language).notEnough : brief([because], 200);
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The same as the words of a headline, with a warning where a person should not take it from the model. */
export function modelSays(
  report: Report,
  incident: Pick<Incident, 'severity'>,
  language: Language,
): string | undefined {
  const said = report.assessment && modelVerdict(report.assessment, language);
  if (said === undefined) return undefined;
  return needsHuman(report, incident) ? assessmentWords(language).judge(said) : capital(said);
}

/** That the model says otherwise than policy; empty when it does not. */
export function objection(report: Report, language: Language): string {
  const said = report.assessment && modelContradicts(report) ? modelVerdict(report.assessment, language) : undefined;
  return said === undefined ? '' : assessmentWords(language).disagrees(said);
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
