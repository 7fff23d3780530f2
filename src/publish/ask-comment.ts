import type { Assessment, ModelRun } from '../domain/assessment.ts';
import type { Language } from '../domain/locale.ts';
import type { Claim } from '../domain/report.ts';
import { askWords } from '../messages/ask.ts';
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
export function askComment({ question, asker, claims, cannotSay, dropped, model }: Answer, language: Language): string {
  const words = askWords(language);
  const said = claims.map((claim) => claimText(claim)).filter((text) => text !== '');
  const lines = said.slice(0, shownClaims).map((text) => `- ${text}`);
  if (said.length > lines.length) lines.push(`- ${words.more(said.length - lines.length)}`);
  if (lines.length === 0) lines.push(words.nothing);
  const open = brief([cannotSay], 600);
  const parts = [
    `💬 ${words.asked(code(question, 200), person(asker))}`,
    lines.join('\n'),
    open === '' ? '' : words.couldNotSay(open),
    modelRun(model, dropped, language),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
