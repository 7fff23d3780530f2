import type { Level, RuleSet } from '../../src/detect/rule.ts';
import { atLeast } from './levels.ts';
import { markdownTable, share } from './markdown-table.ts';
import { type Recording, recordings } from './recordings.ts';
import { logCleared, tagged, techniquesOf } from './techniques.ts';
import { type Alert, Watch } from './watch.ts';
import { missReasons, WhyMissed } from './why-missed.ts';

interface Seen {
  set: Recording['set'];
  name: string;
  techniques: string[];
  tactics: string[];
  events: number;
  unknown: number;
  alerts: Alert[];
}

/** Tables of the recordings, as markdown, with the rules of SigmaHQ alone. */
export async function evalRecordings(folder: string, rules: RuleSet): Promise<string> {
  const watch = await Watch.over(rules);
  const why = new WhyMissed(rules.rules);
  const seen: Seen[] = [];
  const missed = new Map<string, string[]>();
  for (const recording of recordings(folder)) {
    const { events, unknown, alerts } = await watch.look(recording.lines);
    const { lines: _, ...labels } = recording;
    seen.push({ ...labels, events, unknown, alerts: alerts.filter(besidesClearing) });
    if (labels.techniques.length === 0 || tagged(alerts, labels.techniques).length > 0) continue;
    const reason = why.of(recording);
    missed.set(reason, [...(missed.get(reason) ?? []), labels.name]);
  }
  return [
    summary(seen),
    byLabel(
      'technique',
      seen,
      ({ techniques }) => techniques,
      (_, label) => [label],
    ),
    byLabel(
      'tactic',
      seen,
      ({ tactics }) => tactics,
      ({ techniques }) => techniques,
    ),
    markdownTable(
      ['why no rule tagged with its technique spoke', 'recordings'],
      missReasons.map((reason) => [reason, missed.get(reason)?.length ?? 0]),
    ),
    markdownTable(
      ['field that is not in the event', 'rules for the technique that would match with it'],
      [...why.lacking].sort(([, a], [, b]) => b.size - a.size).map(([field, titles]) => [field, titles.size]),
    ),
    `${watch.pace}.`,
  ].join('\n\n');
}

function besidesClearing({ tags }: Alert): boolean {
  return !techniquesOf(tags).includes(logCleared);
}

const from: readonly Level[] = ['informational', 'low', 'medium', 'high'];

function summary(seen: readonly Seen[]): string {
  const head = ['', ...(['mordor', 'evtx'] as const)];
  const of = (set: string) => seen.filter((one) => one.set === set);
  const labelled = (set: string) => of(set).filter(({ techniques }) => techniques.length > 0);
  const row = (title: string, figure: (set: string) => string) => [title, figure('mordor'), figure('evtx')];
  const sum = (set: string, field: 'events' | 'unknown') => of(set).reduce((all, one) => all + one[field], 0);
  return markdownTable(head, [
    row('recordings, events', (set) => `${of(set).length}, ${sum(set, 'events').toLocaleString('en-US')}`),
    row('events of no log source we know', (set) => String(sum(set, 'unknown'))),
    ...from.map((level) =>
      row(`any alert, ${level} or above`, (set) =>
        share(of(set).filter(({ alerts }) => atLeast(alerts, level).length > 0).length, of(set).length),
      ),
    ),
    ...from.map((level) =>
      row(`an alert tagged with its technique, ${level} or above`, (set) =>
        share(
          labelled(set).filter((one) => atLeast(tagged(one.alerts, one.techniques), level).length > 0).length,
          labelled(set).length,
        ),
      ),
    ),
  ]);
}

/** A row a label; `wanted` are the techniques of a recording that count for it, none where it names none. */
function byLabel(
  name: string,
  seen: readonly Seen[],
  labelsOf: (one: Seen) => string[],
  wanted: (one: Seen, label: string) => string[],
): string {
  const labels = [...new Set(seen.flatMap(labelsOf))].sort();
  const rows = labels.map((label) => {
    const its = seen.filter((one) => labelsOf(one).includes(label));
    const count = (holds: (one: Seen) => boolean) => its.filter(holds).length;
    const tellingOf = (one: Seen) => tagged(one.alerts, wanted(one, label));
    return [
      label,
      its.length,
      count(({ alerts }) => alerts.length > 0),
      count(({ alerts }) => atLeast(alerts, 'medium').length > 0),
      count((one) => wanted(one, label).length > 0),
      count((one) => tellingOf(one).length > 0),
      count((one) => atLeast(tellingOf(one), 'medium').length > 0),
    ];
  });
  const head = [name, 'recordings', 'alert', '≥ medium', 'with a technique', 'tagged', 'tagged ≥ medium'];
  return markdownTable(head, rows);
}
