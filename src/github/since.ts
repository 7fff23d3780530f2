/** Something a forge lists by the time it was touched last. */
export interface Touched {
  id: number;
  updatedAt: Date;
}

const PAGE = 100;
/** 20,000 items a walk; the caller's cursor takes the rest next time, since the oldest come first. */
const MAX_REQUESTS = 200;

/**
 * Everything touched at or after `since`, oldest touch first. It walks by moving `since`, not by page number: an item
 * touched during the walk leaves its page, all later ones move up, and page numbers would skip one. Page numbers
 * are used only inside two seconds that hold more than a page.
 * `list` returns up to 100 items touched at or after a second, oldest touch first.
 */
export async function walkSince<T extends Touched>(
  since: Date,
  list: (since: string, page: number) => Promise<T[]>,
): Promise<T[]> {
  const found = new Map<number, T>();
  let from = asked(since);
  let page = 1;
  for (let request = 0; request < MAX_REQUESTS; request += 1) {
    const items = await list(from, page);
    for (const item of items) {
      found.delete(item.id);
      found.set(item.id, item);
    }
    const last = items.at(-1);
    if (!last || items.length < PAGE) break;
    const next = asked(last.updatedAt);
    page = next <= from ? page + 1 : 1;
    if (page === 1) from = next;
  }
  const start = Math.floor(since.getTime() / 1000) * 1000;
  return [...found.values()].filter((item) => item.updatedAt.getTime() >= start);
}

/** Pages of a list that does not move, to the end or `maxPages`. */
export async function allPages<T>(list: (page: number) => Promise<T[]>, maxPages = 50): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const items = await list(page);
    found.push(...items);
    if (items.length < PAGE) break;
  }
  return found;
}

/**
 * GitHub's times have second precision. One second earlier, because a server with finer times that compares them as
 * text takes `12:00:05.300Z` to be before `12:00:05Z`.
 */
function asked(date: Date): string {
  return `${new Date(Math.max(0, date.getTime() - 1000)).toISOString().slice(0, 19)}Z`;
}
