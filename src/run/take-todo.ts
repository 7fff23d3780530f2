import type { AlertPage } from '../ports/alert-lists.ts';
import type { ForgeError } from '../ports/forge.ts';
import { type ListToTake, writeLook } from '../store/alert-looks.ts';
import { askEach, failureOf, type Reading, readList, takeChanged, takePage } from './read-list.ts';

/** Pages in one step, a hundred alerts each, so that a process that is to stop does. */
const pagesAStep = 10;

/**
 * Takes what lists are to be taken, one by one, each page once. A list that fails goes behind the others. `more` when some are left
 * that the next step may read; else the first `failure` is why some are left.
 */
export async function takeTodo(reading: Reading): Promise<{ more: boolean; failure?: ForgeError | undefined }> {
  const { deps, installation, look, login } = reading;
  const failed = new Map<ListToTake, ForgeError>();
  const untried = () => look.todo.find((one) => !failed.has(one));
  let pages = 0;
  for (let list = untried(); list && pages < pagesAStep; list = untried()) {
    pages += 1;
    const failure = await failureOf(takeNext(reading, list));
    if (failure) {
      failed.set(list, failure);
      look.todo = [...look.todo.filter((one) => one !== list), list];
    }
    await writeLook(deps.store, installation, look);
    const backlog = list.changedSince === undefined && !list.again;
    if (backlog && look.todo.length === 0 && look.read > 0)
      deps.log(`GitHub's alerts of ${login}: ${look.read} that were open already were read`);
  }
  const [failure] = failed.values();
  // Where nothing could be read, asking again at once would only ask more.
  return { more: untried() !== undefined && pages > failed.size, failure };
}

async function takeNext(reading: Reading, list: ListToTake): Promise<void> {
  const { look } = reading;
  const wanted = list.changedSince === undefined ? 'open' : 'changed';
  const page = await readList(reading, list, { wanted, after: list.after });
  if (page === 'no-list') askEach(reading, list.scanner, list.before);
  const next = page && page !== 'no-list' ? await takeFrom(reading, list, page) : undefined;
  list.after = next;
  if (next === undefined) look.todo = look.todo.filter((one) => one !== list);
}

/** Where the next page of it begins that is to be taken. */
async function takeFrom(reading: Reading, list: ListToTake, page: AlertPage): Promise<string | undefined> {
  const { changedSince, before } = list;
  if (changedSince !== undefined) return (await takeChanged(reading, list, page, { changedSince, before })).next;
  await takePage(reading, list, page.alerts, before);
  if (!list.again) reading.look.read += page.alerts.length;
  return page.next;
}
