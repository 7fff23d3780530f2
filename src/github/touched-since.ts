import { z } from 'zod';
import { type Touched, walkSince } from './since.ts';
import type { Target } from './target.ts';

type List = 'GET /repos/{owner}/{repo}/issues' | 'GET /repos/{owner}/{repo}/issues/comments';

/** A repository's list walked by time of touch. Its pages are conditional, so that a sweep over a quiet one is free. */
export function touchedSince<T extends Touched>(
  from: Target,
  since: Date,
  list: List,
  shape: z.ZodType<T>,
  filter: { state?: 'all' } = {},
): Promise<T[]> {
  return walkSince(since, (moment, page) =>
    from.client.poll(`${list} ${from.repository.id} ${moment} ${page}`, z.array(shape), (octokit, headers) =>
      octokit.request(list, {
        ...from.params,
        ...filter,
        sort: 'updated',
        direction: 'asc',
        since: moment,
        per_page: 100,
        page,
        headers,
      }),
    ),
  );
}
