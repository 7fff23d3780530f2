import type { Entity } from '../domain/entity.ts';
import { actionWords } from '../messages/actions.ts';
import { listsWords } from '../messages/lists.ts';
import { indicator } from '../publish/indicator.ts';
import { code, prose } from '../publish/text.ts';
import { both, length } from '../publish/times.ts';
import type { CommandCall } from './command.ts';

/**
 * What would be done now, read from the policy in force: on which resource of which connector, for how long and until
 * when. Nothing is opened for it, since in these modes Yagura touches no system; `because` says what holds it back.
 */
export function dryRun(
  what: { action: string; target: Entity; resources: string[]; duration: number },
  because: string,
  { policy, locale, now }: Pick<CommandCall, 'policy' | 'locale' | 'now'>,
): string {
  const { language, timeZone } = locale;
  const words = actionWords(language);
  const until = both(new Date(now.getTime() + what.duration * 1000), timeZone);
  const where = what.resources.map((id) => {
    const connector = policy.resources.find((one) => one.id === id)?.connector;
    return `${code(id)} (${connector === undefined ? words.noResource : words.connector(prose(connector))})`;
  });
  const places = where.join(listsWords(language).and);
  const time = length(what.duration * 1000, language);
  const would = words.actFor(prose(what.action), indicator(what.target), places, time);
  return words.dryRun(prose(because), would, until);
}
