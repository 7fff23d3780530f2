import type { Assessment } from '../domain/assessment.ts';
import { defang } from '../domain/defang.ts';
import type { Incident } from '../domain/incident.ts';
import type { Report } from '../domain/report.ts';
import { type Verdict, verdictText } from '../domain/verdict.ts';
import { brief } from './brief.ts';
import { modelContradicts, needsHuman } from './needs-human.ts';

/** Verdicts that say that there is none. */
const undecided: Verdict[] = ['not-assessed', 'insufficient-data'];

/** `likely true positive (high confidence)`; undefined when the model could not decide. */
export function modelVerdict(assessment: Assessment): string | undefined {
  const { verdict, confidence } = assessment;
  if (undecided.includes(verdict)) return undefined;
  const said = verdict === 'suspicious' ? 'suspicious' : `likely ${verdictText(verdict)}`;
  return `${said} (${confidence} confidence)`;
}

/** Whether the verdict of a report is a model's, be it that it cannot tell. */
export function isModels(report: Report): boolean {
  const said =
    report.assessment !== undefined || (report.investigator === 'model' && report.verdict !== 'not-assessed');
  return said && report.verdictBy === undefined;
}

/** Why the model has no verdict, without full stop: what a gate said of it, unless the assessment says it with evidence. */
export function whyUndecided(report: Report): string {
  const because = report.because ?? '';
  const claim = (report.assessment?.because?.text ?? []).map((part) => {
    if (typeof part === 'string') return part;
    if ('quote' in part) return part.quote;
    return 'entity' in part ? defang(part.entity) : '';
  });
  const said = letters(because) === '' || letters(claim.join('')) === letters(because);
  return said ? 'the evidence is not enough' : brief([because], 200);
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The same as the words of a headline, with a warning where a person should not take it from the model. */
export function modelSays(report: Report, incident: Pick<Incident, 'severity'>): string | undefined {
  const said = report.assessment && modelVerdict(report.assessment);
  if (said === undefined) return undefined;
  return needsHuman(report, incident) ? `Judge for yourself, the model says ${said}` : capital(said);
}

/** That the model says otherwise than policy; empty when it does not. */
export function objection(report: Report): string {
  const said = report.assessment && modelContradicts(report) ? modelVerdict(report.assessment) : undefined;
  return said === undefined ? '' : `**The model disagrees: ${said}.**`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
