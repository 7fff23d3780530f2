import type { FaultRule } from '../../src/forge/faults.ts';
import { runYagura, type YaguraProcess } from './process.ts';
import { until } from './until.ts';

/** What `yagura forge --json` says. */
interface Connection {
  url: string;
  apiUrl: string;
  adminToken: string;
  appId: number;
  privateKeyPath: string;
  webhookSecret: string;
  installationId: number;
  repositoryIds: { soc: number; socConfig: number };
}

export interface Account {
  id: number;
  login: string;
  type: string;
}

export interface RemoteIssue {
  number: number;
  title: string;
  body: string;
  state: string;
  user: Account;
  labels: { name: string }[];
  created_at: string;
  updated_at: string;
}

export interface RemoteComment {
  id: number;
  body: string;
  user: Account;
  issue_url: string;
  created_at: string;
  updated_at: string;
}

/** A write as the forge saw it; `at` in milliseconds of its clock. */
export interface LoggedWrite {
  at: number;
  method: string;
  path: string;
  status: number;
  actor: string;
  creates: boolean;
}

/** The forge in a process of its own, asked over HTTP like anybody would. */
export interface ForgeProcess extends Connection {
  /** Ends the process; its state stays on disk. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again at the same address on the same state. */
  start(): Promise<void>;
  /** JSON of a REST request as a person; throws with status and message unless it is 2xx. */
  as(login: string, method: string, path: string, body?: unknown): Promise<unknown>;
  issues(): Promise<RemoteIssue[]>;
  comments(): Promise<RemoteComment[]>;
  commentsOf(issue: number): Promise<RemoteComment[]>;
  /** A comment of a person, made exactly once whatever faults strike; `nonce` is added as its last line. */
  comment(login: string, issue: number, text: string): Promise<RemoteComment>;
  faults(rules: FaultRule[], seed?: number): Promise<void>;
  struck(): Promise<Record<string, number>>;
  admin(method: string, path: string, body?: unknown): Promise<unknown>;
  log(): Promise<LoggedWrite[]>;
  now(): Promise<Date>;
}

const soc = '/repos/acme/soc';
let nonce = 0;

export async function forgeProcess(env: Record<string, string>): Promise<ForgeProcess> {
  let running: YaguraProcess = runYagura(['forge', '--json'], env);
  const connection = JSON.parse(await running.first) as Connection;
  const send = async (token: string, method: string, url: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(url, {
      method,
      headers: { authorization: token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 300)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const as = (login: string, method: string, path: string, body?: unknown) =>
    send(`Bearer ${login}-token`, method, `${connection.apiUrl}${path}`, body);
  const admin = (method: string, path: string, body?: unknown) =>
    send(`Bearer ${connection.adminToken}`, method, `${connection.url}/_admin${path}`, body);
  const pages = async <T>(path: string): Promise<T[]> => {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const url = `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`;
      const found = await until(`GET ${url} answers`, async () => (await as('mika', 'GET', url)) as T[]);
      all.push(...found);
      if (found.length < 100) return all;
    }
  };
  const comments = () => pages<RemoteComment>(`${soc}/issues/comments?sort=created&direction=asc`);
  return {
    ...connection,
    stop: (signal = 'SIGTERM') => running.end(signal),
    async start() {
      running = runYagura(['forge', '--json'], env);
      await running.first;
    },
    as,
    admin,
    comments,
    issues: () => pages<RemoteIssue>(`${soc}/issues?state=all`),
    commentsOf: (issue) => pages<RemoteComment>(`${soc}/issues/${issue}/comments`),
    async comment(login, issue, text) {
      nonce += 1;
      const body = `${text}\n\n(note ${nonce})`;
      const made = async () => (await comments()).find((c) => c.user.login === login && c.body === body);
      return until(`${login} comments on #${issue}`, async () => {
        await as(login, 'POST', `${soc}/issues/${issue}/comments`, { body }).catch(() => undefined);
        return made();
      });
    },
    faults: async (rules, seed = 1) => void (await admin('POST', '/faults', { rules, seed })),
    async struck() {
      const { rules } = (await admin('GET', '/faults')) as { rules: { kind: string; struck: number }[] };
      return Object.fromEntries(rules.map((rule, k) => [`${k} ${rule.kind}`, rule.struck]));
    },
    log: async () => (await admin('GET', '/log')) as LoggedWrite[],
    async now() {
      const clock = (await admin('GET', '/clock')) as { now: number };
      return new Date(clock.now);
    },
  };
}
