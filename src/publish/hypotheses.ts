import type { Hypothesis } from '../domain/assessment.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Claim } from '../domain/report.ts';
import { brief } from './brief.ts';
import { claimText } from './claim-line.ts';

/** Readings in the open, and sentences for and against each. */
const shownReadings = 3;
const shownClaims = 2;

/** The readings of an incident, likeliest first, each with the strongest that speaks for and against it. */
export function hypotheses(view: IncidentView): string {
  const { open } = divided(view);
  if (open.length === 0) return '';
  const lines = open.flatMap(({ hypothesis, rank }) => [
    `- ${rank === 0 ? likeliest(hypothesis) : named(hypothesis)}`,
    ...weighed('For', hypothesis.for.slice(0, shownClaims)),
    ...weighed('Against', hypothesis.against.slice(0, shownClaims)),
  ]);
  return ['**What speaks for and against it**', ...lines].join('\n');
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
  const { open, rest } = divided(view);
  const further = open.flatMap(({ hypothesis, rank }) => {
    const more = [
      ...weighed('For', hypothesis.for.slice(shownClaims)),
      ...weighed('Against', hypothesis.against.slice(shownClaims)),
    ];
    return more.length === 0 ? [] : [`- More on ${rank === 0 ? 'the likeliest' : named(hypothesis, 120)}`, ...more];
  });
  const whole = rest.flatMap(({ hypothesis }) => [
    `- ${named(hypothesis)}`,
    ...weighed('For', hypothesis.for),
    ...weighed('Against', hypothesis.against),
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
function likeliest({ benign }: Hypothesis): string {
  return `**The likeliest**${benign ? ' (harmless)' : ''}, as said above`;
}

function named(hypothesis: Hypothesis, limit = 300): string {
  return `${hypothesis.benign ? '**Harmless**' : '**Or**'}: ${brief(hypothesis.statement, limit)}`;
}

function weighed(side: 'For' | 'Against', claims: Claim[]): string[] {
  return claims
    .map((claim) => claimText(claim))
    .filter((text) => text !== '')
    .map((text) => `  - ${side}: ${text}`);
}
