import { YaguraError } from '../../../domain/error.ts';
import { type EveryLanguage, everyLanguage } from '../../../domain/locale.ts';
import { unavailableWords } from '../../../messages/unavailable.ts';
import type { NftablesSettings } from './ruleset.ts';
import { type CommandResult, runCommand } from './run-command.ts';

/** One firewall: this machine's, or a network namespace's. */
export interface Firewall {
  /** Runs statements as one transaction: all or nothing. Throws `YaguraError('connector')` with a sentence. */
  change(rules: string): Promise<void>;
  /** What is wrong with statements, without running them; undefined: nothing. */
  check(rules: string): Promise<EveryLanguage | undefined>;
  /** Yagura's table as JSON; undefined when there is none. */
  table(): Promise<string | undefined>;
}

/** Programs by full path; `namespace` makes them run inside it. */
export interface FirewallPlace {
  nft: string;
  namespace?: { ip: string; name: string };
}

export function openFirewall({ nft, namespace }: FirewallPlace, settings: NftablesSettings): Firewall {
  const run = (args: string[], input?: string) =>
    namespace
      ? runCommand(namespace.ip, ['netns', 'exec', namespace.name, nft, ...args], input)
      : runCommand(nft, args, input);
  return {
    async change(rules) {
      const result = await run(['-f', '-'], rules);
      if (result.code !== 0) throw new YaguraError('connector', sentenceOf(result, settings));
    },
    async check(rules) {
      const result = await run(['-c', '-f', '-'], rules);
      return result.code === 0 ? undefined : sentenceOf(result, settings);
    },
    async table() {
      const result = await run(['-j', 'list', 'table', 'inet', settings.table]);
      if (result.code === 0) return result.stdout;
      if (result.stderr.includes('No such file or directory')) return undefined;
      throw new YaguraError('connector', sentenceOf(result, settings));
    },
  };
}

/** What `nft` complains about, as the person who must act would say it. */
function sentenceOf(result: CommandResult, settings: NftablesSettings): EveryLanguage {
  return everyLanguage((language) => complaint(result, settings, unavailableWords(language)));
}

function complaint(
  { code, stderr }: CommandResult,
  { table }: NftablesSettings,
  words: ReturnType<typeof unavailableWords>,
): string {
  if (code === null) return words.nftUnfinished(stderr.trim() || words.stopped);
  if (/Operation not permitted|Permission denied/.test(stderr)) return words.notAllowed;
  // The kernel keeps the size a set was made with.
  if (stderr.includes('Too many open files in system')) return words.setFull(table);
  if (stderr.includes('Operation not supported')) return words.noTables(table);
  const [first = words.noReason] = stderr.split('\n').filter((line) => line.trim() !== '');
  return words.refused(first.replace(/^.*?Error: /, '').trim());
}
