import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { type Neighbour, scoreAlerts } from '../../src/investigate/score.ts';
import { at, textAt } from '../../src/sources/fields/at.ts';
import { generic } from '../../src/sources/generic.ts';

/** One labelled alert. Its id and place in the file tell the label, so neither goes anywhere near the score. */
interface Labelled {
  product: string;
  alert: unknown;
  attack: boolean;
}

export interface VerdictFigures {
  /** Of all alerts: those the source could not read at all. */
  unread: number;
  alerts: number;
  abstained: number;
  /** Mean of the two classes' shares of right answers, of what was decided. */
  decided: number;
  /** The same with every alert decided, at the line in the middle of the abstention. */
  forced: number;
  /** The same with an abstention counted as wrong. */
  strict: number;
}

/** The labelled alerts of a folder with `alerts.ndjson.gz` and `labels.json`. Throws when they cannot be read. */
export function readLabelled(folder: string): Labelled[] {
  const labels = JSON.parse(readFileSync(`${folder}/labels.json`, 'utf8'));
  const text = gunzipSync(readFileSync(`${folder}/alerts.ndjson.gz`)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { id, ids, alert } = JSON.parse(line);
      return { product: ids, alert, attack: labels[id].label === 'attack' };
    });
}

/**
 * How well the score tells attacks from the rest, the alerts sent as `as` makes them, scored among `stream` or else among
 * themselves.
 */
export function verdictFigures(
  labelled: readonly Labelled[],
  as: (one: Labelled) => unknown,
  stream?: readonly Neighbour[],
): VerdictFigures {
  const read = labelled.map((one) => {
    const parsed = generic.parse(as(one), { receivedAt: new Date(0) });
    return 'error' in parsed ? undefined : parsed[0];
  });
  const known = read.flatMap((alert, k) => (alert ? [{ alert, k }] : []));
  const alerts = known.map(({ alert }) => alert);
  const scores = new Map(scoreAlerts(alerts, stream).map((score, n) => [known[n]?.k ?? -1, score]));
  const answers = labelled.map(({ attack }, k) => ({ attack, score: scores.get(k) }));
  const said = answers.map(({ attack, score }) => ({ attack, said: saidOf(score?.leaning) }));
  return {
    unread: read.filter((alert: ParsedAlert | undefined) => alert === undefined).length,
    alerts: labelled.length,
    abstained: said.filter((one) => one.said === undefined).length,
    decided: balanced(said.filter((one) => one.said !== undefined)),
    strict: balanced(said),
    forced: balanced(answers.map(({ attack, score }) => ({ attack, said: (score?.points ?? 0) > 1.5 }))),
  };
}

function saidOf(leaning: 'attack' | 'everyday' | 'undecided' | undefined): boolean | undefined {
  return leaning === undefined || leaning === 'undecided' ? undefined : leaning === 'attack';
}

function balanced(said: readonly { attack: boolean; said: boolean | undefined }[]): number {
  const share = (attack: boolean) => {
    const all = said.filter((one) => one.attack === attack);
    return all.filter((one) => one.said === attack).length / all.length;
  };
  return (share(true) + share(false)) / 2;
}

/** The record as the product writes it. */
export function asWritten({ alert }: Labelled): unknown {
  return alert;
}

/** The record in the envelope that somebody would put around it who reads what `generic` looks for. */
export function inEnvelope({ product, alert }: Labelled): unknown {
  const envelope =
    product === 'wazuh'
      ? {
          title: textAt(alert, 'rule.description'),
          rule_id: plainRule(textAt(alert, 'rule.description')),
          severity: wazuhSeverity(Number(textAt(alert, 'rule.level'))),
          time: textAt(alert, '@timestamp'),
          techniques: at(alert, 'rule.mitre.id'),
          host: textAt(alert, 'predecoder.hostname') ?? textAt(alert, 'agent.name'),
        }
      : {
          title: textAt(alert, 'AnalysisComponent.AnalysisComponentName'),
          rule_id: plainRule(textAt(alert, 'AnalysisComponent.AnalysisComponentName')),
          time: at(alert, 'LogData.DetectionTimestamp.0'),
          source_of_log: textAt(alert, 'AMiner.ID'),
        };
  return { ...envelope, record: alert };
}

/** Without the name of the product before it, as the stream has it. */
function plainRule(rule = ''): string {
  return rule.replace(/^(?:AMiner|Suricata): /, '');
}

/** Every alert of the network and days the labelled ones were taken from, as far as their neighbours matter. */
export function readStream(file: string): Neighbour[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { ts, rule, host, ip } = JSON.parse(line);
    const place = { role: 'agent', from: 'field' } as const;
    return {
      source: 'generic',
      rule,
      time: new Date(ts * 1000),
      entities: [
        { type: 'host', value: host, ...place },
        { type: 'ip', value: ip, ...place },
      ],
    };
  });
}

/** The bands by which Wazuh's own dashboard names its levels: low below 7, medium below 12, high below 15, critical. */
function wazuhSeverity(level: number): string {
  if (level >= 15) return 'critical';
  if (level >= 12) return 'high';
  return level >= 7 ? 'medium' : 'low';
}
