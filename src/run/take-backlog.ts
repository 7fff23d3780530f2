import { writeLook } from '../store/alert-looks.ts';
import { type Reading, readList, takePage } from './read-list.ts';

/** Pages of a backlog in one step, a hundred alerts each, so that a process that is to stop does. */
const pagesAStep = 10;

/** Takes open alerts list by list, each page once; true when some are left for the next step. */
export async function takeBacklog(reading: Reading): Promise<boolean> {
  const { deps, installation, look, login } = reading;
  for (let pages = 0; pages < pagesAStep; pages += 1) {
    if (look.todo.length === 0) return false;
    await takeNext(reading);
    await writeLook(deps.store, installation, look);
    if (look.todo.length === 0) deps.log(`alerts of ${login}: ${look.read} that were open were read`);
  }
  return look.todo.length > 0;
}

async function takeNext(reading: Reading): Promise<void> {
  const { look, repositories } = reading;
  const [list] = look.todo;
  if (!list) return;
  const { scanner, of } = list;
  const page = await readList(reading, { scanner, of }, { wanted: 'open', after: look.after });
  look.after = undefined;
  if (page === 'no-list') {
    look.byRepository.push(scanner);
    look.todo.push(...repositories.map((one) => ({ ...list, of: one.full_name })));
  } else if (page) {
    await takePage(reading, list, page.alerts, list.before);
    look.read += page.alerts.length;
    look.after = page.next;
  }
  if (look.after === undefined) look.todo.shift();
}
