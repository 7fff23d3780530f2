import type { ForgeError } from '../ports/forge.ts';
import { type ListToTake, writeLook } from '../store/alert-looks.ts';
import { failureOf, type Reading, readList, takePage } from './read-list.ts';

/** Pages of a backlog in one step, a hundred alerts each, so that a process that is to stop does. */
const pagesAStep = 10;

/**
 * Takes open alerts list by list, each page once. A list that fails goes behind the others. `more` when some are left
 * that the next step may read; else the first `failure` is why some are left.
 */
export async function takeBacklog(reading: Reading): Promise<{ more: boolean; failure?: ForgeError | undefined }> {
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
    if (look.todo.length === 0) deps.log(`alerts of ${login}: ${look.read} that were open were read`);
  }
  const [failure] = failed.values();
  // Where nothing could be read, asking again at once would only ask more.
  return { more: untried() !== undefined && pages > failed.size, failure };
}

async function takeNext(reading: Reading, list: ListToTake): Promise<void> {
  const { look, repositories } = reading;
  const { scanner, of, before, after } = list;
  const page = await readList(reading, { scanner, of }, { wanted: 'open', after });
  if (page === 'no-list') {
    look.byRepository.push(scanner);
    look.todo.push(...repositories.map((one) => ({ scanner, before, of: one.full_name })));
  } else if (page) {
    await takePage(reading, list, page.alerts, before);
    look.read += page.alerts.length;
  }
  list.after = page && page !== 'no-list' ? page.next : undefined;
  if (list.after === undefined) look.todo = look.todo.filter((one) => one !== list);
}
