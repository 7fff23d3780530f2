import { Refusal } from '../refusal.ts';
import type { RestContext } from './rest-app.ts';

/** GitHub's page sizes: 30 unless asked, never over 100. */
const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

type Place = [text: string, id: number];

/**
 * The page of `items` that `after`, `per_page` and `direction` ask for, newest first unless asked, and the `Link` header
 * that leads on. A cursor is the place of an item in the order, so that one that moves or goes away skips no other. A
 * list that is `numbered` leads on by page numbers until a cursor is asked for, by an empty `after`.
 */
export function paginateByCursor<T extends { id: number }>(
  c: RestContext,
  items: T[],
  orderOf: (item: T) => string,
  numbered: boolean,
): { page: T[]; headers: Record<string, string> } {
  const asked = Number(c.req.query('per_page'));
  const perPage = asked > 0 ? Math.min(asked, MOST_PER_PAGE) : DEFAULT_PER_PAGE;
  const turn = c.req.query('direction') === 'asc' ? 1 : -1;
  const placeOf = (item: T): Place => [orderOf(item), item.id];
  const order = (a: Place, b: Place) => turn * (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1);
  const sorted = items.toSorted((a, b) => order(placeOf(a), placeOf(b)));
  const cursor = c.req.query('after');
  const after = placeAfter(cursor);
  const number = numbered && cursor === undefined ? Math.max(1, Number(c.req.query('page')) || 1) : undefined;
  const begin = ((number ?? 1) - 1) * perPage;
  const rest = after ? sorted.filter((item) => order(placeOf(item), after) > 0) : sorted.slice(begin);
  const page = rest.slice(0, perPage);
  const last = page.at(-1);
  if (!last || rest.length <= perPage) return { page, headers: {} };
  const url = new URL(c.req.url);
  if (number === undefined) url.searchParams.set('after', cursorTo(placeOf(last)));
  else url.searchParams.set('page', String(number + 1));
  return { page, headers: { link: `<${url.href}>; rel="next"` } };
}

function cursorTo(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function placeAfter(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined;
  try {
    const [text, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof text === 'string' && typeof id === 'number') return [text, id];
  } catch {
    // Refused below, as what is no cursor at all.
  }
  throw new Refusal(400, 'Invalid cursor');
}
