import type { Severity } from '../domain/severity.ts';
import { severities } from '../domain/severity.ts';
import { adoptWords } from '../messages/adopt.ts';
import { listsWords } from '../messages/lists.ts';
import { adoptLimit } from '../publish/listed.ts';
import { code } from '../publish/text.ts';
import { holdNamed, holdWorst, type Named, promote, type QuietList } from '../store/promote.ts';
import { type Answer, type CommandCall, refused } from './command.ts';

type Call = Pick<CommandCall, 'tx' | 'policy' | 'locale' | 'now' | 'author'>;

/** What follows `/adopt` on the inventory or a digest. */
type Wanted = { numbers: string[] } | { from: Severity } | undefined;

/** `12 13`, `12, 13`, `all`, `all critical`; undefined when it is neither. */
function readWanted(rest: string): Wanted {
  const words = rest
    .trim()
    .toLowerCase()
    .split(/[\s,、]+/)
    .filter((word) => word !== '');
  const [first, second, ...more] = words;
  if (first === 'all') {
    const from = second === undefined ? 'unknown' : severities.find((severity) => severity === second);
    return from === undefined || more.length > 0 ? undefined : { from };
  }
  const numbers = words.map((word) => /^#?(\d{1,15})$/.exec(word)?.[1]);
  const read = numbers.filter((number) => number !== undefined);
  return read.length === 0 || read.length < numbers.length ? undefined : { numbers: [...new Set(read)] };
}

/** `/adopt` on a list of incidents that have no issue: gives each of those named one. */
export async function adoptListed(call: Call, list: QuietList, rest: string): Promise<Answer> {
  const words = adoptWords(call.locale.language);
  const wanted = readWanted(rest);
  if (!wanted) return refused('', words.which);
  return 'from' in wanted ? adoptWorst(call, list, wanted.from) : adoptNumbers(call, list, wanted.numbers);
}

async function adoptWorst(call: Call, list: QuietList, from: Severity): Promise<Answer> {
  const words = adoptWords(call.locale.language);
  const understood = from === 'unknown' ? words.all : words.allFrom(from);
  const { ids, total } = await holdWorst(call.tx, list, from, adoptLimit);
  if (ids.length === 0) return refused(understood, words.none);
  const done = await opened(call, list, ids);
  const left = total - ids.length;
  return {
    state: 'done',
    understood,
    answer: [words.opened(done.length), ...(left > 0 ? [words.left(left)] : [])].join('; '),
  };
}

async function adoptNumbers(call: Call, list: QuietList, numbers: string[]): Promise<Answer> {
  const { language } = call.locale;
  const words = adoptWords(language);
  const understood = words.numbers(
    numbers
      .slice(0, 10)
      .map((number) => code(number, 20))
      .join(listsWords(language).and),
  );
  if (numbers.length > adoptLimit) return refused(understood, words.tooMany(adoptLimit));
  const found = await holdNamed(call.tx, list.room, numbers);
  const ids = found.filter((one) => one.status === 'open' && one.stands !== 'issue').map(({ id }) => id);
  const left = numbers.flatMap((number) => {
    if (ids.includes(number)) return [];
    return [
      notAdopted(
        number,
        found.find(({ id }) => id === number),
        words,
      ),
    ];
  });
  if (ids.length === 0) return refused(understood, left.join('; '));
  const done = await opened(call, list, ids);
  return { state: 'done', understood, answer: [words.opened(done.length), ...left].join('; ') };
}

function notAdopted(number: string, found: Named | undefined, words: ReturnType<typeof adoptWords>): string {
  const shown = code(number, 20);
  if (!found) return words.unknown(shown);
  if (found.status !== 'open') return words.over(shown);
  return found.issue === null ? words.coming(shown) : words.has(shown, `#${found.issue}`);
}

async function opened({ tx, now, policy, author }: Call, list: QuietList, ids: string[]): Promise<string[]> {
  return promote(tx, ids, { now, commit: policy.commit, list, by: author });
}
