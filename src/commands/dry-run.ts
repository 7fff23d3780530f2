import type { Entity } from '../domain/entity.ts';
import type { Policy } from '../domain/policy.ts';
import { indicator } from '../publish/indicator.ts';
import { code, prose } from '../publish/text.ts';
import { both, length } from '../publish/times.ts';

/**
 * What would be done now, read from the policy in force: on which resource of which connector, for how long and until
 * when. Nothing is opened for it, since in these modes Yagura touches no system; `because` says what holds it back.
 */
export function dryRun(
  what: { action: string; target: Entity; resources: string[]; duration: number },
  because: string,
  { policy, now }: { policy: Pick<Policy, 'resources' | 'timeZone' | 'language'>; now: Date },
): string {
  const until = both(new Date(now.getTime() + what.duration * 1000), policy.timeZone);
  const where = what.resources.map((id) => {
    const connector = policy.resources.find((one) => one.id === id)?.connector;
    return `${code(id)} (${connector === undefined ? 'no such resource in the policy' : `connector ${prose(connector)}`})`;
  });
  const would = `${prose(what.action)} ${indicator(what.target)} on ${where.join(', ')} for ${length(what.duration * 1000, policy.language)}, until ${until}`;
  return `dry run only, by ${prose(because)}: nothing was done; it would ${would}`;
}
