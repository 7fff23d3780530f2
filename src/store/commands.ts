import type { ParsedCommand, ReceiptLine } from '../domain/comment-command.ts';
import { defaultRoom, type IssueRef } from '../domain/room.ts';
import type { Sql } from '../ports/store.ts';

/** A comment of a person, as it was first seen. */
export interface SeenComment {
  id: string;
  room: string;
  issue: number;
  author: string;
  authorId: number;
  body: string;
  createdAt: Date;
}

/** Remembers a comment by its id, whichever way it came; a second sight changes nothing. True when it is new. */
export async function rememberComment(sql: Sql, comment: SeenComment, now: Date): Promise<boolean> {
  const done = await sql.query(
    `insert into comment (id, issue, author, author_id, body, created_at, seen_at, room)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
    [comment.id, comment.issue, comment.author, comment.authorId, comment.body, comment.createdAt, now, comment.room],
  );
  return done.rowCount > 0;
}

/** Comments of these rooms whose commands are not all answered, oldest first. */
export async function openComments(
  sql: Sql,
  rooms: string[],
  limit: number,
): Promise<(SeenComment & { state: string })[]> {
  const found = await sql.query<SeenComment & { state: string; issue: string; authorId: string }>(
    `select id, room, issue, author, author_id as "authorId", body, created_at as "createdAt", state from comment
     where state <> 'done' and room = any($2) order by id limit $1`,
    [limit, rooms],
  );
  return found.rows.map((row) => ({ ...row, issue: Number(row.issue), authorId: Number(row.authorId) }));
}

/** Writes down the commands of a comment before the first of them runs. */
export async function saveCommands(
  tx: Sql,
  comment: SeenComment,
  incident: string | null,
  commands: ParsedCommand[],
  now: Date,
): Promise<void> {
  for (const command of commands)
    await tx.query(
      `insert into command (comment_id, line, incident_id, name, text, at) values ($1, $2, $3, $4, $5, $6)
       on conflict (comment_id, line) do nothing`,
      [comment.id, command.line, incident, command.name, command.text, now],
    );
}

export type CommandState = ReceiptLine['state'];

/** Takes a pending command for this transaction; false when it ran already. */
export async function takeCommand(tx: Sql, comment: string, line: number): Promise<boolean> {
  const found = await tx.query(
    `select 1 from command where comment_id = $1 and line = $2 and state = 'pending' for update`,
    [comment, line],
  );
  return found.rowCount > 0;
}

/** Writes down what came of a command. */
export async function answerCommand(
  tx: Sql,
  comment: string,
  line: number,
  answer: { state: CommandState; understood: string; answer: string; tasks: string[] },
): Promise<void> {
  await tx.query(
    'update command set state = $3, understood = $4, answer = $5, tasks = $6 where comment_id = $1 and line = $2',
    [comment, line, answer.state, answer.understood, answer.answer, answer.tasks],
  );
}

/** The commands of a comment, for its receipt. */
export async function loadReceipt(
  sql: Sql,
  commentId: string,
): Promise<{ commentId: string; author: string; lines: ReceiptLine[] } | undefined> {
  const found = await sql.query<ReceiptLine & { author: string }>(
    `select c.author, k.text, k.state, k.understood, k.answer from command k join comment c on c.id = k.comment_id
     where k.comment_id = $1 order by k.line`,
    [commentId],
  );
  const [first] = found.rows;
  return first && { commentId, author: first.author, lines: found.rows };
}

/** The latest answers on an issue to people without any right there, and to comments that do not count. */
export async function loadRefusals(
  sql: Sql,
  { room, issue }: IssueRef,
): Promise<{ author: string; text: string; state: CommandState; answer: string }[]> {
  const found = await sql.query<{ author: string; text: string; state: CommandState; answer: string }>(
    `select c.author, k.text, k.state, k.answer from command k join comment c on c.id = k.comment_id
     where c.room = $2 and c.issue = $1 and k.state in ('refused', 'done', 'failed') and not exists
       (select 1 from publication p where p.key = 'receipt:' || c.id)
     order by c.id desc, k.line limit 10`,
    [issue, room],
  );
  return found.rows;
}

/** How many commands of a person were answered since a time, well or ill. */
export async function answersSince(sql: Sql, authorId: number, since: Date): Promise<number> {
  const found = await sql.query<{ n: number }>(
    `select count(*)::int as n from command k join comment c on c.id = k.comment_id
     where c.author_id = $1 and k.state in ('refused', 'done', 'failed') and k.at > $2`,
    [authorId, since],
  );
  return found.rows[0]?.n ?? 0;
}

/** Commands that wait for tasks of an incident, with those tasks. */
export async function waitingCommands(
  sql: Sql,
  incident: string,
): Promise<{ commentId: string; line: number; tasks: string[] }[]> {
  const found = await sql.query<{ commentId: string; line: number; tasks: string[] }>(
    `select comment_id as "commentId", line, tasks from command where incident_id = $1 and state = 'waiting'`,
    [incident],
  );
  return found.rows;
}

/** Makes or touches the receipt of a comment, or the shared refusal of its issue. */
export async function publishAnswer(
  tx: Sql,
  now: Date,
  on: { kind: 'receipt' | 'refusal'; comment: SeenComment; incident: string | null },
): Promise<void> {
  const key = on.kind === 'receipt' ? `receipt:${on.comment.id}` : refusalKey(on.comment);
  await tx.query(
    `insert into publication (key, kind, incident_id, issue, priority, created_at, room) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (key) do update set dirty = true, touched = publication.touched + 1`,
    [key, on.kind, on.incident, on.comment.issue, on.kind === 'receipt' ? 3 : 0, now, on.comment.room],
  );
}

function refusalKey({ room, issue }: IssueRef): string {
  return room === defaultRoom ? `refusal:${issue}` : `refusal:${room}#${issue}`;
}
