import type { AppProcess } from './app-process.ts';
import type { ForgeProcess, RemoteComment, RemoteIssue } from './forge-process.ts';
import { settled } from './settled.ts';
import { until } from './until.ts';

let counter = 0;

/** An alert nobody has sent before, about a host of its own unless one is given. */
export function someAlert(more: { host?: string; ip?: string; title?: string; id?: string; rule?: string } = {}) {
  counter += 1;
  const host = more.host ?? `srv-${counter}.example.net`;
  return {
    id: more.id ?? `one-${counter}`,
    title: more.title ?? `Something ${counter}`,
    rule: more.rule ?? `rule-${counter}`,
    severity: 'medium',
    entities: [{ type: 'host', value: host }, ...(more.ip === undefined ? [] : [{ type: 'ip', value: more.ip }])],
  };
}

/** The issue whose text names something, once it stands. */
export async function issueAbout(forge: ForgeProcess, text: string, withinMs = 40_000): Promise<RemoteIssue> {
  return until(
    `there is an issue about ${text}`,
    async () => (await forge.issues()).find((issue) => issue.body.includes(text)),
    { withinMs, everyMs: 100 },
  );
}

/** Posts an alert and waits until its issue stands and shows the finished investigation. */
export async function investigated(app: AppProcess, forge: ForgeProcess, alert = someAlert()): Promise<RemoteIssue> {
  await app.post([alert]);
  await issueAbout(forge, alert.title);
  await settled(app, 60_000);
  return issueAbout(forge, alert.title);
}

/** Comments of our app that carry a marker which begins like this, on one issue or all. */
export async function marked(forge: ForgeProcess, start: string, issue?: number): Promise<RemoteComment[]> {
  const all = await (issue === undefined ? forge.comments() : forge.commentsOf(issue));
  return all.filter((c) => c.user.type === 'Bot' && c.body.includes(`<!-- yagura:v1 ${start}`));
}

/** The finished receipt of a comment; fails when it does not come. */
export async function receiptOf(forge: ForgeProcess, comment: { id: number }, withinMs = 40_000): Promise<string> {
  return until(
    `comment ${comment.id} is answered`,
    async () => {
      const [one] = await marked(forge, `receipt=${comment.id} `);
      return one !== undefined && !one.body.includes('⏳') && one.body;
    },
    { withinMs },
  );
}
