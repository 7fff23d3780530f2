import type { LeftOver } from '../domain/left-over.ts';
import type { Sql } from '../ports/store.ts';
import { loadRecommendations, loadTasks } from './actions.ts';
import { openEmergencies } from './emergencies.ts';

/** Loads what of an incident waits for somebody. */
export async function loadLeftOver(sql: Sql, incident: string): Promise<LeftOver> {
  const open = (await loadRecommendations(sql, incident)).filter((r) => r.status === 'open');
  const pending = open.filter((r) => r.requestedBy !== 'yagura' || r.approvals.length > 0);
  const tasks = await loadTasks(sql, incident);
  const holding = tasks.filter((t) => t.status === 'active' || t.status === 'unverified');
  const alone = await openEmergencies(sql, incident);
  return {
    pending,
    proposed: open.filter((r) => !pending.includes(r)).map((r) => r.id),
    runningOut: holding
      .flatMap((t) => {
        if (t.expiresAt === undefined) return [];
        return [{ ...t, expiresAt: t.expiresAt, ...(alone.has(t.recommendation) && { alone: true }) }];
      })
      .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime()),
    stuck: tasks.filter((t) => t.status === 'failed' || t.status === 'undoing'),
    ...(await openQuestions(sql, incident)),
  };
}

async function openQuestions(sql: Sql, incident: string): Promise<Pick<LeftOver, 'asked' | 'questions'>> {
  const reported = await sql.query<{ questions: LeftOver['questions'] | null }>(
    `select report->'questions' as questions from incident where id = $1`,
    [incident],
  );
  const asked = await sql.query<{ ask: string }>(
    `select focus as ask from investigation where incident_id = $1 and kind = 'ask' and ended_at is null order by id`,
    [incident],
  );
  return { asked: asked.rows.map(({ ask }) => ask), questions: reported.rows[0]?.questions ?? [] };
}
