import type { Assessment, ModelRun } from '../domain/assessment.ts';
import type { Claim } from '../domain/report.ts';
import { brief } from './brief.ts';
import { claimText } from './claim-line.ts';
import { modelRun } from './model-run.ts';
import { code, person } from './text.ts';

export interface Answer {
  question: string;
  /** Login of who asked. */
  asker: string;
  /** What the evidence says, as far as it passed the gates. */
  claims: Claim[];
  /** What could not be answered, in the model's words; empty when nothing is left open. */
  cannotSay: string;
  dropped: Assessment['dropped'];
  model?: ModelRun | undefined;
}

/** Sentences of an answer; more would be a report. */
const shownClaims = 20;

/** The comment that answers a question: the question, what the evidence says, what it does not. */
export function askComment({ question, asker, claims, cannotSay, dropped, model }: Answer): string {
  const said = claims.map((claim) => claimText(claim)).filter((text) => text !== '');
  const lines = said.slice(0, shownClaims).map((text) => `- ${text}`);
  if (said.length > lines.length) lines.push(`- and ${said.length - lines.length} more`);
  if (lines.length === 0) lines.push('Nothing in the evidence of this incident answers it.');
  const open = brief([cannotSay], 600);
  const parts = [
    `💬 ${code(question, 200)} (${person(asker)} asked)`,
    lines.join('\n'),
    open === '' ? '' : `Could not say: ${open}.`,
    modelRun(model, dropped, 'en'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
