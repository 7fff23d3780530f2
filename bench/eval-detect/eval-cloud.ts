import type { RuleSet } from '../../src/detect/rule.ts';
import { cloudTechniques } from './cloud-techniques.ts';
import { atLeast } from './levels.ts';
import { ruleTests } from './log-types.ts';
import { markdownTable, share } from './markdown-table.ts';
import { type Looked, Watch } from './watch.ts';

/** Ids of the rules of the example repository; all others are SigmaHQ's. */
export type OwnIds = ReadonlySet<string>;

/** CloudTrail of attack techniques, one table. */
export async function evalCloudTechniques(folder: string, rules: RuleSet, own: OwnIds): Promise<string> {
  const watch = await Watch.over(rules);
  const rows: (string | number)[][] = [];
  const reached = { any: 0, medium: 0, high: 0 };
  const techniques = cloudTechniques(folder);
  for (const { id, lines } of techniques) {
    const { events, alerts } = await watch.look(lines, { alone: true });
    const [medium, high] = [atLeast(alerts, 'medium'), atLeast(alerts, 'high')];
    if (alerts.length > 0) reached.any += 1;
    if (medium.length > 0) reached.medium += 1;
    if (high.length > 0) reached.high += 1;
    const ours = alerts.filter((alert) => own.has(alert.id)).length;
    rows.push([id, events, alerts.length, alerts.length - ours, ours, medium.length, high.length]);
  }
  const all = techniques.length;
  const head = ['technique', 'records', 'rules that spoke', 'SigmaHQ', 'ours', '≥ medium', '≥ high'];
  const said = `Alert: ${share(reached.any, all)}; medium or above: ${share(reached.medium, all)}; high or above: ${share(reached.high, all)}.`;
  return [said, markdownTable(head, rows), `${watch.pace}.`].join('\n\n');
}

interface Tested extends Looked {
  logType: string;
  malicious: boolean;
}

/** Logs that others test their own rules with: by type, then what spoke where it was not meant to. */
export async function evalLogTypes(folder: string, rules: RuleSet, own: OwnIds): Promise<string> {
  const watch = await Watch.over(rules);
  const tested: Tested[] = [];
  for (const { logType, malicious, lines } of ruleTests(folder))
    tested.push({ logType, malicious, ...(await watch.look(lines)) });
  const types = [...Map.groupBy(tested, ({ logType }) => logType)].sort(([, a], [, b]) => b.length - a.length);
  const known = types.filter(([, its]) => its.some(({ unknown }) => unknown === 0));
  const unknown = types.filter(([, its]) => its.every((one) => one.unknown > 0));
  const logsOf = (some: typeof types) => some.reduce((sum, [, its]) => sum + its.length, 0);
  return [
    `${tested.length} logs of ${types.length} types: ${logsOf(known)} are of the ${known.length} types that a pipeline knows, ${logsOf(unknown)} of ${unknown.length} that none does.`,
    markdownTable(
      ['log type', 'logs', 'known', 'meant: alert', 'not meant: alert', 'not meant: ≥ medium'],
      [
        ...known.map(([type, its]) => typeRow(type, its)),
        typeRow(
          'all of those',
          known.flatMap(([, its]) => its),
        ),
      ],
    ),
    `Without a pipeline: ${unknown.map(([type, its]) => `${type} (${its.length})`).join(', ')}.`,
    markdownTable(['rule that spoke', 'whose', 'level', 'not meant', 'meant'], unmeant(tested, own)),
    `${watch.pace}.`,
  ].join('\n\n');
}

function typeRow(type: string, its: readonly Tested[]): (string | number)[] {
  const alerted = (some: readonly Tested[]) => some.filter(({ alerts }) => atLeast(alerts, 'low').length > 0).length;
  const [meant, not] = [its.filter(({ malicious }) => malicious), its.filter(({ malicious }) => !malicious)];
  const medium = not.filter(({ alerts }) => atLeast(alerts, 'medium').length > 0).length;
  const known = its.filter(({ unknown }) => unknown === 0).length;
  return [type, its.length, known, share(alerted(meant), meant.length), share(alerted(not), not.length), medium];
}

function unmeant(tested: readonly Tested[], own: OwnIds): (string | number)[][] {
  const rules = new Map<string, { title: string; whose: string; level: string; meant: number; not: number }>();
  for (const { malicious, alerts } of tested)
    for (const { id, title, level } of alerts) {
      const whose = own.has(id) ? 'ours' : 'SigmaHQ';
      const one = rules.get(id) ?? { title, whose, level, meant: 0, not: 0 };
      if (malicious) one.meant += 1;
      else one.not += 1;
      rules.set(id, one);
    }
  const spoke = [...rules.values()]
    .filter(({ not }) => not > 0)
    .sort((a, b) => b.not - a.not || a.title.localeCompare(b.title));
  return spoke.map(({ title, whose, level, not, meant }) => [title, whose, level, not, meant]);
}
