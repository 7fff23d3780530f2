import { putAlert, type StagedAlert } from '../../src/forge/operations/alerts.ts';
import type { Spine } from './spine.ts';

/** Puts an alert there as it stands on GitHub; its webhook lies at the forge until the test hands it over. */
export function put(s: Spine, staged: StagedAlert, name = 'soc'): void {
  const { state } = s.a.t.forge;
  const repo = state.store.all('repository').find((one) => one.name === name);
  const ken = state.store.all('account').find((one) => one.login === 'ken');
  if (!repo || !ken) throw new Error('The forge is not seeded.');
  state.store.transact(() => putAlert(state, ken, repo, staged));
}

/** Looks until there is nothing more to take; every worker settles. Returns the requests it took. */
export async function look(s: Spine): Promise<string[]> {
  s.a.requests.length = 0;
  while (await s.lookAtAlerts()) s.pass(1);
  const requests = [...s.a.requests];
  await s.settle();
  return requests;
}

export async function records(s: Spine): Promise<{ action: string; backlog: boolean }[]> {
  const { rows } = await s.store.query<{ content: Buffer; origin: { backlog?: boolean } }>(
    'select content, origin from raw_record order by id',
  );
  return rows.map(({ content, origin }) => ({
    action: String(JSON.parse(content.toString()).action),
    backlog: origin.backlog === true,
  }));
}

/** The actions of all records, oldest first. */
export const actions = async (s: Spine) => (await records(s)).map((one) => one.action);
