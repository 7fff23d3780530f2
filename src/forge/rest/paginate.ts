import type { RestContext } from './rest-app.ts';

/** GitHub's page sizes: 30 unless asked, never over 100. */
const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/** The page of `items` that `per_page` and `page` ask for, and the `Link` header that leads on. */
export function paginate<T>(c: RestContext, items: T[]): { page: T[]; headers: Record<string, string> } {
  const perPage = Math.min(positive(c.req.query('per_page'), DEFAULT_PER_PAGE), MOST_PER_PAGE);
  const page = positive(c.req.query('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const links: string[] = [];
  const link = (to: number, rel: string) => {
    const url = new URL(c.req.url);
    url.searchParams.set('page', String(to));
    links.push(`<${url.href}>; rel="${rel}"`);
  };
  if (page > 1) link(page - 1, 'prev');
  if (page < last) link(page + 1, 'next');
  if (page < last) link(last, 'last');
  if (page > 1) link(1, 'first');
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return { page: items.slice((page - 1) * perPage, page * perPage), headers };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
