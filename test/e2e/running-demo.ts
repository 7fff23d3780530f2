import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scratch } from '../scratch.ts';

const launcher = fileURLToPath(new URL('../../bin/yagura.js', import.meta.url));

export interface RunningDemo extends AsyncDisposable {
  forgeUrl: string;
  appUrl: string;
  dataDir: string;
  process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** A call of the forge's REST API as a seeded person; the JSON answer. */
  as<T>(login: string, method: string, path: string, body?: unknown): Promise<T>;
  comment(login: string, issue: number, body: string): Promise<void>;
  /** Stops it as Ctrl-C does; the exit code. */
  stop(): Promise<number | null>;
}

/** `npm start` without settings, on free ports and a data directory of its own. */
export async function runningDemo(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<RunningDemo> {
  const dataDir = options.dataDir ?? scratch('demo');
  const { APP_ID: _app, ...inherited } = process.env;
  const child = spawn(process.execPath, [launcher, 'start'], {
    env: { ...inherited, YAGURA_DATA_DIR: dataDir, YAGURA_FORGE_PORT: '0', PORT: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (part: Buffer) => {
    output += part.toString();
  });
  child.stderr?.on('data', (part: Buffer) => {
    output += part.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    return exited;
  };
  const found = await eventually('the demo prints its guide', async () => {
    if (child.exitCode !== null) throw new Error(`the demo ended: ${output}`);
    const forgeUrl = /Incidents\s+(http:\/\/localhost:\d+)/.exec(output)?.[1];
    const appUrl = /POST (http:\/\/localhost:\d+)\/ingest/.exec(output)?.[1];
    return forgeUrl && appUrl && output.includes('Ctrl-C') ? { forgeUrl, appUrl } : undefined;
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const as = async <T>(login: string, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${found.forgeUrl}/api/v3${path}`, {
      method,
      headers: { authorization: `Bearer ${login}-token`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} as ${login}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return {
    ...found,
    dataDir,
    process: child,
    output: () => output,
    as,
    comment: (login, issue, body) => as(login, 'POST', `/repos/acme/soc/issues/${issue}/comments`, { body }),
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks again until there is an answer; fails with what was awaited and the last error. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(100);
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
}

export interface ApiIssue {
  number: number;
  title: string;
  body: string;
  state: string;
  labels: { name: string }[];
  assignees: { login: string }[];
}

export interface ApiComment {
  id: number;
  body: string;
  user: { login: string };
}

/** The issue whose title has a word, once it is there. */
export function issueNamed(demo: RunningDemo, word: string): Promise<ApiIssue> {
  return eventually(`an issue named ${word}`, async () => {
    const issues = await demo.as<ApiIssue[]>('hana', 'GET', '/repos/acme/soc/issues?state=all&per_page=100');
    return issues.find((issue) => issue.title.includes(word));
  });
}

/** A comment of Yagura's on an issue that has a text, once it is there. */
export function answerWith(demo: RunningDemo, issue: number, text: string | RegExp): Promise<ApiComment> {
  return eventually(`an answer with ${text}`, async () => {
    const comments = await demo.as<ApiComment[]>(
      'hana',
      'GET',
      `/repos/acme/soc/issues/${issue}/comments?per_page=100`,
    );
    return comments.find(
      (c) => c.user.login === 'yagura[bot]' && (typeof text === 'string' ? c.body.includes(text) : text.test(c.body)),
    );
  });
}
