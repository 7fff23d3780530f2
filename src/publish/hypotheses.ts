import type { Hypothesis } from '../domain/assessment.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { Claim } from '../domain/report.ts';
import { assessmentWords } from '../messages/assessment.ts';
import { brief } from './brief.ts';
import { claimText } from './claim-line.ts';

/** Readings in the open, and sentences for and against each. */
const shownReadings = 3;
const shownClaims = 2;

/** The readings of an incident, likeliest first, each with the strongest that speaks for and against it. */
export function hypotheses(view: IncidentView): string {
  const { language } = view.policy;
  const { open } = divided(view);
  if (open.length === 0) return '';
  const lines = open.flatMap(({ hypothesis, rank }) => [
    `- ${rank === 0 ? likeliest(hypothesis, language) : named(hypothesis, language)}`,
    ...weighed(hypothesis, language, 0, shownClaims),
  ]);
  return [assessmentWords(language).forAndAgainst, ...lines].join('\n');
}

/** The sentences that stand in the open, so that nothing is said twice. */
export function shownClaimsOf(view: IncidentView): Claim[] {
  return divided(view).open.flatMap(({ hypothesis }) => [
    ...hypothesis.for.slice(0, shownClaims),
    ...hypothesis.against.slice(0, shownClaims),
  ]);
}

/** What is left of the readings, to be folded: a list each. */
export function moreOfHypotheses(view: IncidentView): string[] {
  const { language } = view.policy;
  const words = assessmentWords(language);
  const { open, rest } = divided(view);
  const further = open.flatMap(({ hypothesis, rank }) => {
    const more = weighed(hypothesis, language, shownClaims);
    const whose = rank === 0 ? words.moreOnLikeliest : words.moreOn(named(hypothesis, language, 120));
    return more.length === 0 ? [] : [whose, ...more];
  });
  const whole = rest.flatMap(({ hypothesis }) => [
    `- ${named(hypothesis, language)}`,
    ...weighed(hypothesis, language),
  ]);
  return [...further, ...whole];
}

interface Ranked {
  hypothesis: Hypothesis;
  rank: number;
}

/** Those in the open hold a harmless one whenever there is one. */
function divided(view: IncidentView): { open: Ranked[]; rest: Ranked[] } {
  const all = (view.report?.assessment?.hypotheses ?? []).map((hypothesis, rank) => ({
    hypothesis: rank === 0 ? withoutWhy(hypothesis, view) : hypothesis,
    rank,
  }));
  const open = all.slice(0, shownReadings);
  const harmless = all.find(({ hypothesis }) => hypothesis.benign);
  if (harmless && !open.includes(harmless)) open.splice(-1, 1, harmless);
  return { open, rest: all.filter((one) => !open.includes(one)) };
}

/** Why it is the likeliest stands above already. */
function withoutWhy(hypothesis: Hypothesis, view: IncidentView): Hypothesis {
  const why = claimText(view.report?.assessment?.because);
  return { ...hypothesis, for: hypothesis.for.filter((claim) => claimText(claim) !== why) };
}

/** What the likeliest says stands above what to do. */
function likeliest({ benign }: Hypothesis, language: Language): string {
  const words = assessmentWords(language);
  return benign ? words.harmlessAbove : words.asAbove;
}

function named({ benign, statement }: Hypothesis, language: Language, limit = 300): string {
  const words = assessmentWords(language);
  return (benign ? words.harmless : words.or)(brief(statement, limit));
}

/** A line each for what speaks for it, then for what speaks against it, of these claims of each side. */
function weighed(hypothesis: Hypothesis, language: Language, from = 0, to?: number): string[] {
  const words = assessmentWords(language);
  const lines = (claims: Claim[], side: (text: string) => string) =>
    claims
      .slice(from, to)
      .map((claim) => claimText(claim))
      .filter((text) => text !== '')
      .map((text) => `  - ${side(text)}`);
  return [...lines(hypothesis.for, words.for), ...lines(hypothesis.against, words.against)];
}
