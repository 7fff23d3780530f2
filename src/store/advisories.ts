import { type Advisory, packageKey } from '../domain/advisory.ts';
import type { Sql } from '../ports/store.ts';

/** Advisories that are kept; the oldest without an open exposure go first. GitHub's database had some 300,000 in 2026. */
const keptAdvisories = 100_000;

/**
 * Stores what is told of an advisory, unless something newer is known; it is then due to be held against our own. Of two at
 * the same second one counts in whatever order they come: a withdrawal, then malware, then whichever.
 */
export async function saveAdvisory(tx: Sql, now: Date, advisory: Advisory): Promise<boolean> {
  const saved = await tx.query(
    `insert into advisory (ghsa, content, updated_at, received_at) values ($1, $2::jsonb, $3, $4)
     on conflict (ghsa) do update set content = excluded.content, updated_at = excluded.updated_at, due = true
     where advisory.updated_at < excluded.updated_at
       or (advisory.updated_at = excluded.updated_at and
         (excluded.content ? 'withdrawnAt', excluded.content ->> 'malware', excluded.content::text)
         > (advisory.content ? 'withdrawnAt', advisory.content ->> 'malware', advisory.content::text))`,
    [advisory.ghsa, JSON.stringify(advisory), advisory.updatedAt, now],
  );
  if (saved.rowCount === 0) return false;
  await tx.query('delete from advisory_package where ghsa = $1', [advisory.ghsa]);
  await tx.query('insert into advisory_package (ghsa, package) select $1, unnest($2::text[])', [
    advisory.ghsa,
    [...new Set(advisory.packages.map((one) => packageKey(one.ecosystem, one.name)))],
  ]);
  return true;
}

/** Advisories to be held against what repositories depend on, oldest first. */
export async function dueAdvisories(sql: Sql, limit: number): Promise<Advisory[]> {
  const found = await sql.query<{ content: Advisory }>(
    'select content from advisory where due order by received_at, ghsa limit $1',
    [limit],
  );
  return found.rows.map(({ content }) => withDates(content));
}

/** It was held against our own, as it was then: what came to be known meanwhile is due still. */
export async function advisoryDone(sql: Sql, judged: Advisory): Promise<void> {
  await sql.query('update advisory set due = false where ghsa = $1 and content = $2::jsonb', [
    judged.ghsa,
    JSON.stringify(judged),
  ]);
}

/** Drops what is beyond the bound. */
export async function forgetAdvisories(sql: Sql): Promise<void> {
  await sql.query(
    `delete from advisory where ghsa in (
       select ghsa from advisory a where not exists (select 1 from exposure e where e.ghsa = a.ghsa and e.state = 'open')
       order by received_at desc, ghsa offset $1)`,
    [keptAdvisories],
  );
}

/** JSON has no dates. */
function withDates(content: Advisory): Advisory {
  const { publishedAt, withdrawnAt } = content;
  return {
    ...content,
    updatedAt: new Date(content.updatedAt),
    ...(publishedAt && { publishedAt: new Date(publishedAt) }),
    ...(withdrawnAt && { withdrawnAt: new Date(withdrawnAt) }),
  };
}
