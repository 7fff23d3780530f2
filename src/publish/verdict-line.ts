import type { Assessment } from '../domain/assessment.ts';
import type { Incident } from '../domain/incident.ts';
import type { Report } from '../domain/report.ts';
import { type Verdict, verdictText } from '../domain/verdict.ts';
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

/** The assessment whose verdict a report carries; undefined when policy gave the verdict, or no model did. */
export function decidedBy(report: Report | undefined): Assessment | undefined {
  return report?.verdictBy === undefined ? report?.assessment : undefined;
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
