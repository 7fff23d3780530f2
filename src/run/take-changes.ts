import { type Scanner, scanners } from '../ports/alert-lists.ts';
import type { ForgeError } from '../ports/forge.ts';
import { type ListName, nameOf, writeLook } from '../store/alert-looks.ts';
import { failureOf, type Reading, readList, takePage } from './read-list.ts';

/** How far back every look reaches again: lists lag behind, and equal seconds must not be lost. */
const overlapMs = 120_000;

/** Pages of one list in one look, a hundred alerts each; what is beyond is read as what is open then. */
const pagesALook = 30;

/** Repositories that are asked one by one in one look, in turn. */
const repositoriesALook = 200;

/** How long a list that was refused is not asked for again: a refusal costs a request, which a list does not. */
const refusedForMs = 3_600_000;

/** Lists that fail one after the other before GitHub is taken to be out of order. */
const failuresInARow = 20;

/** Takes what changed since the last look at each list. Throws the first failure once all were asked. */
export async function takeChanges(reading: Reading): Promise<void> {
  const { deps, installation, look } = reading;
  const failures: ForgeError[] = [];
  let inARow = 0;
  try {
    for (const list of listsToAsk(reading)) {
      const failure = await failureOf(takeChangesOf(reading, list));
      inARow = failure ? inARow + 1 : 0;
      if (failure) failures.push(failure);
      if (inARow === failuresInARow) break;
    }
  } finally {
    await writeLook(deps.store, installation, look);
  }
  if (failures[0]) throw failures[0];
}

function listsToAsk(reading: Reading): ListName[] {
  const { deps, look, login, alone } = reading;
  const some = inTurn(reading);
  const again = deps.clock.now().getTime() - refusedForMs;
  const rests = (list: ListName) =>
    look.refused[nameOf(list)] !== undefined && Date.parse(look.refusedAt?.[nameOf(list)] ?? '') > again;
  return scanners
    .flatMap((scanner) =>
      (alone || look.byRepository.includes(scanner) ? some : [login]).map((of) => ({ scanner, of })),
    )
    .filter((list) => !rests(list));
}

/** The repositories whose turn it is, where they are asked one by one. */
function inTurn({ look, repositories, alone }: Reading): string[] {
  const names = repositories.map((one) => one.full_name).sort();
  if (names.length <= repositoriesALook || (!alone && look.byRepository.length === 0)) return names;
  const from = look.turn % names.length;
  look.turn = (from + repositoriesALook) % names.length;
  return [...names, ...names].slice(from, from + repositoriesALook);
}

async function takeChangesOf(reading: Reading, list: ListName): Promise<void> {
  const { deps, look } = reading;
  const seen = Date.parse(look.seen[nameOf(list)] ?? look.connectedAt);
  let newest = seen;
  let after: string | undefined;
  for (let pages = 0; pages < pagesALook; pages += 1) {
    const page = await readList(reading, list, { wanted: 'changed', after });
    if (page === 'no-list') return askEach(reading, list.scanner);
    if (!page) return;
    const changed = page.alerts.filter((one) => one.updatedAt.getTime() >= seen - overlapMs);
    const taken = await takePage(reading, list, changed, look.connectedAt);
    if (taken > 0) deps.log(`alerts of ${list.of}: ${taken} steps of ${list.scanner} were found by looking`);
    newest = Math.max(newest, ...changed.map((one) => one.updatedAt.getTime()));
    after = changed.length < page.alerts.length ? undefined : page.next;
    if (after === undefined) break;
  }
  if (after !== undefined) look.todo.push({ ...list, before: look.connectedAt });
  look.seen[nameOf(list)] = new Date(newest).toISOString();
}

function askEach({ look, repositories }: Reading, scanner: Scanner): void {
  const before = look.connectedAt;
  look.byRepository.push(scanner);
  look.todo.push(...repositories.map((one) => ({ scanner, of: one.full_name, before })));
}
