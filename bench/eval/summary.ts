import { tokensOf } from '../../src/domain/model.ts';
import { median } from '../figures.ts';
import type { EvalRow } from './evaluate.ts';
import type { CaseScore } from './score-case.ts';
import { isBenign } from './truth.ts';

/** One investigator over all incidents. */
export interface Summary {
  incidents: number;
  right: number;
  abstained: number;
  wrong: number;
  /** Of the wrong: something bad called harmless. */
  wavedThrough: number;
  severityWith: { exact: number; near: number };
  severityWithout: { exact: number; near: number };
  facts: { said: number; cited: number; all: number };
  unsupported: number;
  forbidden: number;
  techniques: { right: number; named: number; all: number };
  planted: { noticed: number; there: number; imagined: number };
  requests: number;
  /** Median of an incident: tokens in outside the cache. */
  tokensIn: number;
  /** Of an incident, all tokens. */
  tokens: number;
  /** US dollars of an incident on average; undefined where some price is not known. */
  money: number | undefined;
}

/** What is counted is counted with the organization known, but for the other severity; costs are of these runs too. */
export function summaryOf(rows: readonly EvalRow[]): Summary {
  const known = rows.map((row) => row.with);
  const count = (is: (row: EvalRow) => boolean) => rows.filter(is).length;
  const reach = known.flatMap(({ facts }) => facts.map((fact) => fact.reach));
  const both = rows.flatMap((row) => [row.with, row.without]);
  const total = (of: (score: CaseScore) => number) => known.reduce((sum, score) => sum + of(score), 0);
  const money = known.map(({ usage }) => usage.money);
  return {
    incidents: rows.length,
    right: count((row) => row.with.verdict.score === 'right'),
    abstained: count((row) => row.with.verdict.score === 'abstained'),
    wrong: count((row) => row.with.verdict.score === 'wrong'),
    wavedThrough: count((row) => wavedThrough(row)),
    severityWith: severityOf(known),
    severityWithout: severityOf(rows.map((row) => row.without)),
    facts: {
      said: reach.filter((one) => one === 'said').length,
      cited: reach.filter((one) => one !== 'missed').length,
      all: reach.length,
    },
    unsupported: both.reduce((sum, score) => sum + score.unsupported.length, 0),
    forbidden: both.reduce((sum, score) => sum + score.forbidden.length, 0),
    techniques: {
      right: total(({ techniques }) => techniques.right),
      named: total(({ techniques }) => techniques.named),
      all: total(({ techniques }) => techniques.all),
    },
    planted: {
      noticed: known.filter(({ planted }) => planted === 'noticed').length,
      there: count((row) => row.truth.planted),
      imagined: known.filter(({ planted }) => planted === 'imagined').length,
    },
    requests: median(known.map(({ usage }) => usage.requests)),
    tokensIn: median(known.map(({ usage }) => usage.tokens.input + usage.tokens.cacheWrite)),
    tokens: median(known.map(({ usage }) => tokensOf(usage.tokens))),
    money: money.every((one) => one !== undefined) ? money.reduce((sum, one) => sum + one, 0) / rows.length : undefined,
  };
}

function wavedThrough({ truth, with: score }: EvalRow): boolean {
  return score.verdict.score === 'wrong' && !isBenign(truth);
}

function severityOf(scores: readonly CaseScore[]): { exact: number; near: number } {
  return {
    exact: scores.filter(({ severity }) => severity.off === 0).length,
    near: scores.filter(({ severity }) => Math.abs(severity.off) <= 1).length,
  };
}
