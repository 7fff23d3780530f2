import { type Answer, type Command, type CommandCall, refused } from '../commands/command.ts';
import { decidersOf, holdersOf, type Standing } from '../commands/rights.ts';
import type { ParsedCommand } from '../domain/comment-command.ts';
import type { Entity } from '../domain/entity.ts';
import { nearest } from '../domain/nearest.ts';
import { rights } from '../domain/policy.ts';
import { commanderWords } from '../messages/commander.ts';
import { indicator } from '../publish/indicator.ts';
import { code, prose } from '../publish/text.ts';
import { wentOnAs } from '../store/incidents.ts';
import { ownPart } from '../store/own-part.ts';
import { isOwnIssue } from '../store/promote.ts';

/** Runs a command for who may type it, or says why it is not run. */
export async function answerOf(
  command: Command | undefined,
  parsed: ParsedCommand,
  call: Omit<CommandCall, 'incident'> & { incident: CommandCall['incident'] | undefined },
  standing: Standing,
): Promise<Answer> {
  const { language } = call.locale;
  const words = commanderWords(language);
  if (!command) {
    const near = nearest(parsed.name, [...call.commands.keys()]);
    return refused('', words.noCommand(code(`/${parsed.name}`, 40), near));
  }
  if (rights.indexOf(standing.right) < rights.indexOf(command.right)) {
    const holders = prose(holdersOf(command.right, call.policy, language));
    return refused('', words.needsRight(command.right, holders, prose(standing.because(language))));
  }
  const { incident } = call;
  if (!incident && !command.withoutIncident)
    return refused('', (await isOwnIssue(call.tx, call.comment)) ? words.ownIssue : words.noIncident);
  const full = call as CommandCall;
  const merged = incident?.status === 'merged';
  if (merged && !(await command.onMerged?.(full))) return movedOn(call, incident.id);
  // Whoever has a part in it has it where its alerts are.
  const about = merged ? (await wentOnAs(call.tx, incident.id)).id : incident?.id;
  const part = about && (await ownPart(call.tx, about, call.author, call.policy));
  if (!part) return command.run(full);
  if (!command.harmless?.(full)) return notOnes(part, command, full);
  // They may ask for something to be done; their voice for it is none.
  return command.run({ ...full, right: call.right === 'responder' ? 'analyst' : call.right });
}

/** Nobody decides about themselves, whatever their right. */
async function notOnes(part: Entity, command: Command, call: CommandCall): Promise<Answer> {
  const others = prose(await decidersOf(command.right, call, call.author));
  return refused('', commanderWords(call.locale.language).ownPart(indicator(part), others));
}

/** Of a merged incident, whose alerts are elsewhere: where to go on. */
async function movedOn({ tx, locale }: Pick<CommandCall, 'tx' | 'locale'>, id: string): Promise<Answer> {
  const { issue } = await wentOnAs(tx, id);
  const words = commanderWords(locale.language);
  return refused('', issue ? words.movedTo(String(issue)) : words.moved);
}
