import { scanners } from '../ports/alert-lists.ts';
import type { ForgeError } from '../ports/forge.ts';
import { type ListName, nameOf, writeLook } from '../store/alert-looks.ts';
import { askEach, failureOf, type Reading, readList, takeChanged } from './read-list.ts';

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

/** The newest page of a list. What changed beyond it is put down, to be taken page by page. */
async function takeChangesOf(reading: Reading, list: ListName): Promise<void> {
  const { look } = reading;
  const changedSince = look.seen[nameOf(list)] ?? look.connectedAt;
  const page = await readList(reading, list, { wanted: 'changed' });
  if (page === 'no-list') return askEach(reading, list.scanner, look.connectedAt);
  if (!page) return;
  const { newest, next } = await takeChanged(reading, list, page, {
    changedSince,
    before: look.connectedAt,
    waits: true,
  });
  if (next !== undefined) look.todo.push({ ...list, before: look.connectedAt, changedSince, after: next });
  look.seen[nameOf(list)] = newest;
}
