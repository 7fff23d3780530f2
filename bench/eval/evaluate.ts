import type { Pool } from 'pg';
import { createStore } from '../../src/store/store.ts';
import type { EvalCase } from './case.ts';
import type { EvalInvestigator } from './eval-investigator.ts';
import { organizationOf } from './organization.ts';
import { type CaseScore, scoreCase } from './score-case.ts';
import { stageIncident } from './staged-incident.ts';

/** An incident investigated twice: knowing what the organization wrote, and not. */
export interface EvalRow {
  name: string;
  truth: EvalCase['truth'];
  with: CaseScore;
  without: CaseScore;
}

/** Makes an empty database with the current schema; gone when it is disposed of. */
export type FreshDatabase = () => Promise<{ pool: Pool } & AsyncDisposable>;

/** Every incident for every investigator, by the investigator's name. Each gets the same incident. */
export async function evaluate(
  cases: readonly EvalCase[],
  investigators: readonly EvalInvestigator[],
  freshDatabase: FreshDatabase,
): Promise<Map<string, EvalRow[]>> {
  const rows = new Map(investigators.map(({ name }) => [name, [] as EvalRow[]]));
  for (const given of cases) {
    const known = await scoresOf(given, 'with', investigators, freshDatabase);
    const unknown = await scoresOf(given, 'without', investigators, freshDatabase);
    for (const { name } of investigators) {
      const [a, b] = [known.get(name), unknown.get(name)];
      if (a && b) rows.get(name)?.push({ name: given.name, truth: given.truth, with: a, without: b });
    }
  }
  return rows;
}

async function scoresOf(
  given: EvalCase,
  which: 'with' | 'without',
  investigators: readonly EvalInvestigator[],
  freshDatabase: FreshDatabase,
): Promise<Map<string, CaseScore>> {
  const policy = await organizationOf(given, which);
  const scores = new Map<string, CaseScore>();
  for (const group of storesOf(investigators)) {
    await using database = await freshDatabase();
    const staged = await stageIncident(createStore(database.pool), given, policy);
    for (const { name, investigate } of group)
      scores.set(name, scoreCase(await investigate(staged), staged, given.truth, which));
  }
  return scores;
}

/** Who shares a store: one that writes leaves what the next would read, so each has its own; the others go before the first. */
function storesOf(investigators: readonly EvalInvestigator[]): EvalInvestigator[][] {
  const readers = investigators.filter((one) => one.readsOnly);
  const [first, ...writers] = investigators.filter((one) => !one.readsOnly);
  return [[...readers, ...(first ? [first] : [])], ...writers.map((one) => [one])];
}
