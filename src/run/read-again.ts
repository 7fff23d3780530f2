import { writeLook } from '../store/alert-looks.ts';
import { repositoriesWithOpen } from '../store/github-alerts.ts';
import type { Reading } from './read-list.ts';

/** How often what is open is read whole: GitHub does not say of an alert that its advisory changed. */
const everyMs = 24 * 3_600_000;

/** Puts the lists of Dependabot down once a day, where something is open in them, for what their advisories say now. */
export async function readAgain({ deps, installation, login, repositories, look, alone }: Reading): Promise<void> {
  const now = deps.clock.now();
  const last = look.readAgainAt ?? look.connectedAt;
  if (look.todo.length > 0 || now.getTime() - Date.parse(last) < everyMs) return;
  const open = await repositoriesWithOpen(
    deps.store,
    'dependabot',
    repositories.map(({ id }) => id),
  );
  const each = alone || look.byRepository.includes('dependabot');
  const names = each ? repositories.filter(({ id }) => open.has(id)).map((one) => one.full_name) : [login];
  if (open.size > 0)
    look.todo.push(
      ...names.map((of) => ({ scanner: 'dependabot' as const, of, before: look.connectedAt, again: true as const })),
    );
  look.readAgainAt = now.toISOString();
  await writeLook(deps.store, installation, look);
}
