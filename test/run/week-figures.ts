import { teamBySlug } from '../../src/forge/lookups.ts';
import { soc } from '../github/adapter-in-test.ts';
import type { Spine } from './spine.ts';

const dayMs = 86_400_000;

/** What stands in the issue repository, as everybody there reads it. */
export interface Remote {
  issues: { number: number; title: string; body: string; created: Date }[];
  comments: { issue: number; body: string; ours: boolean; created: Date }[];
}

export async function remote(s: Spine): Promise<Remote> {
  const { state } = s.a.t.forge;
  const repo = state.store.all('repository').find((one) => one.name === soc.name);
  const { botId } = await s.a.github.self();
  const here = <Row extends { repoId: number }>(rows: readonly Row[]) => rows.filter((row) => row.repoId === repo?.id);
  return {
    issues: here(state.store.all('issue')).map(({ number, title, body, createdAt }) => ({
      ...{ number, title, body: body ?? '', created: new Date(createdAt) },
    })),
    comments: here(state.store.all('comment')).map(({ number, body, userId, createdAt }) => ({
      ...{ issue: number, body, ours: userId === botId, created: new Date(createdAt) },
    })),
  };
}

/** What a week came to, each day's count by the days since it began. */
export interface WeekFigures {
  connections: number;
  /** Issues of incidents. */
  issues: number[];
  /** The inventory and digests. */
  lists: number;
  comments: number[];
  /** By login: how often somebody is named a day, by name or as a member of a team. */
  mentions: Map<string, number[]>;
  /** Seconds of the forge's time from each comment to its receipt, the shortest first. */
  delays: number[];
}

export function figuresOf(
  s: Spine,
  { issues, comments }: Remote,
  week: { began: Date; days: number; connections: number; delays: readonly number[] },
): WeekFigures {
  const own = issues.filter(({ title }) => title.startsWith('['));
  const ours = comments.filter((one) => one.ours);
  const mentions = new Map<string, Date[]>();
  for (const { body, created } of [...issues, ...ours])
    for (const login of new Set(namesIn(body).flatMap((name) => membersOf(s, name))))
      mentions.set(login, [...(mentions.get(login) ?? []), created]);
  return {
    connections: week.connections,
    issues: byDay(own, week),
    lists: issues.length - own.length,
    comments: byDay(ours, week),
    mentions: new Map(
      [...mentions].map(([login, at]) => [
        login,
        byDay(
          at.map((created) => ({ created })),
          week,
        ),
      ]),
    ),
    delays: week.delays.toSorted((a, b) => a - b),
  };
}

/** Whom GitHub would notify of a text: what stands in code names nobody. */
function namesIn(body: string): string[] {
  const prose = body.replace(/```[\s\S]*?```|`[^`]*`|<!--[\s\S]*?-->/g, ' ');
  return [...prose.matchAll(/(?<![\w/@.])@([\w-]+(?:\/[\w-]+)?)/g)].flatMap(([, name]) => name ?? []);
}

function membersOf(s: Spine, name: string): string[] {
  const { state } = s.a.t.forge;
  const [org = '', slug] = name.split('/');
  const accounts = state.store.all('account');
  const logins = (wanted: readonly number[]) =>
    accounts.filter(({ id }) => wanted.includes(id)).map((one) => one.login);
  const owner = accounts.find(({ login }) => login === org);
  if (!owner) return [];
  if (slug === undefined) return [owner.login];
  return logins(teamBySlug(state, owner.id, slug)?.memberIds ?? []);
}

function byDay(some: readonly { created: Date }[], { began, days }: { began: Date; days: number }): number[] {
  const found = Map.groupBy(some, ({ created }) => Math.floor((created.getTime() - began.getTime()) / dayMs));
  return Array.from({ length: days }, (_, day) => found.get(day)?.length ?? 0);
}

/** The value that so much of them, from 0 to 1, is not above. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** The table of docs/quiet.md and the sentence below it, to be pasted as they are. */
export function weekTable({ connections, issues, lists, comments, mentions, delays }: WeekFigures): string {
  const total = issues.reduce((sum, n) => sum + n, 0);
  const people = [...mentions].map(([login, days]) => `${login} ${range(days)}`);
  const named = people.length === 0 ? 'nobody' : people.join(', ');
  const [middle, most] = [quantile(delays, 0.5), quantile(delays, 1)];
  return [
    '| | |',
    '| --- | --- |',
    '| issues opened by connecting | 1, the inventory; nobody mentioned |',
    `| issues of incidents a day | ${range(issues)} from ${connections} connections, ${total} in all |`,
    `| other issues | ${lists}: the inventory, and a digest a day |`,
    `| comments of Yagura a day, receipts among them | ${range(comments)} |`,
    `| mentions a person a day, each member of a team counted | ${named} |`,
    `| a receipt after its comment was written | ${middle} s in the middle, ${quantile(delays, 0.95)} s for 95 of 100, ${most} s at most, of ${delays.length} |`,
    '',
    'GitHub tells of a comment one to ten seconds after it was written; one in thirty it does not, and a sweep finds it.',
  ].join('\n');
}

function range(days: readonly number[]): string {
  const [least, most] = [Math.min(...days), Math.max(...days)];
  return least === most ? String(most) : `${least} to ${most}`;
}
