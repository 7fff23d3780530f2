import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { everythingAsked } from '../../../bench/eval/ask-everything.ts';
import { loadCases } from '../../../bench/eval/case.ts';
import { type EvalRow, evaluate } from '../../../bench/eval/evaluate.ts';
import { evaluationTables } from '../../../bench/eval/evaluation-tables.ts';
import { deterministic, scripted } from '../../../bench/eval/investigators.ts';
import { isBenign } from '../../../bench/eval/truth.ts';
import { testDatabase } from '../../store/postgres.ts';

const cases = loadCases();
let scored: Map<string, EvalRow[]>;
const rowsOf = (name: string) => scored.get(name) ?? [];

beforeAll(async () => {
  scored = await evaluate(cases, [deterministic, everythingAsked], testDatabase);
}, 120_000);

describe('the incidents of the evaluation', () => {
  it('are at least twelve, half of them benign', () => {
    const benign = cases.filter(({ truth }) => isBenign(truth)).length;
    expect(cases.length).toBeGreaterThanOrEqual(12);
    expect(Math.abs(cases.length - 2 * benign)).toBeLessThanOrEqual(1);
  });

  it.each(cases)(
    '$name: accepts only verdicts of one side, tells its story, and uses techniques only when it is bad',
    (one) => {
      const { verdict, accepted, techniques } = one.truth;
      const harmless = isBenign(one.truth);
      expect(accepted).not.toContain(verdict);
      expect(accepted.filter((other) => isBenign({ verdict: other }) !== harmless)).toEqual([]);
      expect(techniques.length > 0).toBe(!harmless);
      expect(one.story.length).toBeGreaterThan(150);
    },
  );

  it.each(cases)('$name: calling it the opposite is among what must not be claimed', ({ truth }) => {
    const forbidden = truth.must_not_claim.flatMap(({ verdict }) => verdict ?? []);
    expect(forbidden.some((verdict) => isBenign({ verdict }) !== isBenign(truth))).toBe(true);
    expect(forbidden.filter((one) => [truth.verdict, ...truth.accepted].includes(one))).toEqual([]);
  });

  it.each(cases)('$name: every fact to be found is in what some tool answers', ({ name }) => {
    const row = rowsOf('everything-asked').find((one) => one.name === name);
    expect(row?.with.facts.length).toBeGreaterThan(1);
    expect(row?.with.facts.filter(({ reach }) => reach === 'missed')).toEqual([]);
  });

  it.each(cases)('$name: uses only addresses and names that belong to nobody', ({ alerts, history }) => {
    const text = JSON.stringify([alerts, history]);
    const foreign = [...text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)]
      .map(([address]) => address)
      .filter((address) => !/^(?:192\.0\.2|198\.51\.100|203\.0\.113|10\.\d+\.\d+)\.\d+$/.test(address));
    expect(foreign).toEqual([]);
  });
});

describe('the deterministic investigator', () => {
  it('is on the page as it does today, with no claim that stands on nothing or must not be made', () => {
    const rows = rowsOf('deterministic');
    expect(rows).toHaveLength(cases.length);
    expect(rows.flatMap((row) => [row.with, row.without]).flatMap((s) => [...s.unsupported, ...s.forbidden])).toEqual(
      [],
    );
    const page = readFileSync(new URL('../../../docs/evaluation.md', import.meta.url), 'utf8');
    expect(page.includes(evaluationTables(rows)), 'run npm run eval:investigate').toBe(true);
  });
});

describe('an investigator with a model', () => {
  it('goes through the whole product: what it used is counted, and nothing it says stands on nothing', async () => {
    const one = cases.filter(({ truth }) => truth.planted);
    const [row] = (await evaluate(one, [scripted], testDatabase)).get('scripted') ?? [];
    expect(row?.with.usage.requests).toBeGreaterThan(2);
    expect(row?.with.usage.tokens.input).toBeGreaterThan(1_000);
    expect(row?.with.planted).toBe('noticed');
    expect(row?.with.verdict.said).not.toBe('not-assessed');
    expect([...(row?.with.unsupported ?? ['none']), ...(row?.without.unsupported ?? ['none'])]).toEqual([]);
  });
});
