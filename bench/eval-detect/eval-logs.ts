import type { RuleSet } from '../../src/detect/rule.ts';
import { attackSteps } from './attack-steps.ts';
import { dataLines } from './data-lines.ts';
import { atLeast } from './levels.ts';
import { markdownTable, share } from './markdown-table.ts';
import { type Looked, Watch } from './watch.ts';
import { crsRequests, payloadRequests, type WebRequest } from './web-requests.ts';

/** Requests of attacks and benign ones, by class, as an access log keeps them. */
export async function evalWeb(folder: string, rules: RuleSet): Promise<string> {
  const watch = await Watch.over(rules);
  const tables: string[] = [];
  const unmeant: string[][] = [];
  for (const [set, requests] of [
    ['Core Rule Set', crsRequests(folder)],
    ['GoTestWAF', payloadRequests(folder)],
  ] as const) {
    const seen: (WebRequest & Looked)[] = [];
    for (const request of requests) seen.push({ ...request, ...(await watch.look(request.lines)) });
    const groups = [...Map.groupBy(seen, ({ group }) => group)].sort(([a], [b]) => a.localeCompare(b));
    const rows = [...groups.map(([group, its]) => webRow(group, its)), webRow('all', seen)];
    tables.push(
      markdownTable([set, 'attacks', 'could be seen', 'alert, of those', '≥ medium, of those', 'benign: alert'], rows),
    );
    for (const { attack, alerts, group } of seen)
      if (!attack && alerts.length > 0) unmeant.push([set, group, alerts.map(({ title }) => title).join('; ')]);
  }
  return [
    ...tables,
    markdownTable(['set', 'a request not meant as an attack, of', 'rules that spoke'], unmeant),
    `${watch.pace}.`,
  ].join('\n\n');
}

function webRow(group: string, its: readonly (WebRequest & Looked)[]): (string | number)[] {
  const attacks = its.filter(({ attack }) => attack);
  const visible = attacks.filter((one) => one.visible);
  const benign = its.filter(({ attack }) => !attack);
  const alerted = (some: typeof its) => some.filter(({ alerts }) => alerts.length > 0).length;
  const medium = visible.filter(({ alerts }) => atLeast(alerts, 'medium').length > 0).length;
  return [
    group,
    attacks.length,
    visible.length,
    share(alerted(visible), visible.length),
    share(medium, visible.length),
    share(alerted(benign), benign.length),
  ];
}

/** Raw logs of attack steps, and plain days of two servers. */
export async function evalRawLogs(folder: string, rules: RuleSet): Promise<string> {
  const watch = await Watch.over(rules);
  const rows: (string | number)[][] = [];
  for (const { step, attack, techniques, logs } of attackSteps(folder))
    for (const { path, lines } of logs)
      rows.push(
        logRow(`${step} ${attack ? techniques.join(' ') : 'benign'}`, path, await watch.look(lines, { alone: true })),
      );
  for (const name of ['Apache_2k.log', 'OpenSSH_2k.log'])
    rows.push(
      logRow('plain days', name, await watch.look(dataLines(`${folder}/noise-loghub/${name}`), { alone: true })),
    );
  return [
    markdownTable(['step', 'log', 'events', 'not known', 'rules that spoke', '≥ medium', 'alerts'], rows),
    `${watch.pace}.`,
  ].join('\n\n');
}

function logRow(step: string, path: string, { events, unknown, alerts }: Looked): (string | number)[] {
  const times = alerts.reduce((sum, alert) => sum + alert.times, 0);
  return [
    step,
    path.split('/').slice(-2).join('/'),
    events,
    unknown,
    alerts.length,
    atLeast(alerts, 'medium').length,
    times,
  ];
}
