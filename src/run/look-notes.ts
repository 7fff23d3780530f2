import { type Ours, takesAlertsOf } from '../github/admit.ts';
import type { Forge } from '../ports/forge.ts';
import { allLooks } from '../store/alert-looks.ts';
import { type HearingDeps, hear, maySpend } from './hearing.ts';

/** How GitHub is asked where webhooks do not come, what is still read of the backlog, and which alerts are not seen. */
export async function lookNotes(
  deps: HearingDeps & { forge: Pick<Forge, 'requestsLeft'>; ours(): Ours | undefined },
): Promise<{ part: string; note: string }[]> {
  // A database that does not answer is said elsewhere.
  const heard = await hear(deps).catch(() => undefined);
  const ours = deps.ours();
  const looks = (await allLooks(deps.store).catch(() => [])).filter(
    ({ installation }) => ours && takesAlertsOf(ours, installation) !== 'none',
  );
  const polling = heard && !heard.webhooks ? [{ part: 'webhooks', note: await pace(deps, heard.because) }] : [];
  const backlog = looks.flatMap(({ look }) => {
    const left = look.todo.filter((one) => one.changedSince === undefined && !one.again);
    if (left.length === 0) return [];
    const note = `${look.read} open alerts of ${look.login} were read, ${left.length} lists are left`;
    return [{ part: 'backlog', note }];
  });
  const refused = looks.flatMap(({ look }) =>
    Object.entries(look.refused).flatMap(([list, why]) =>
      why === 'no-permission' ? [{ part: `alerts of ${list}`, note: 'the app has no permission to read them' }] : [],
    ),
  );
  return [...polling, ...backlog, ...refused];
}

async function pace({ forge }: { forge: Pick<Forge, 'requestsLeft'> }, because: string): Promise<string> {
  const often = await maySpend(forge).catch(() => true);
  const how = 'GitHub is asked every 10 seconds while an incident is open, else every 20';
  const where = often ? '' : ", and every minute in an organization where most of this hour's requests are used";
  return `${because}; ${how}${where}`;
}
