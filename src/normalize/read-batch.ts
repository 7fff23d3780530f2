import type { ParsedAlert } from '../domain/alert.ts';
import type { Detection, EventToMatch, MatchedEvent } from '../domain/detection.ts';
import type { RawRecord } from '../domain/record.ts';
import { cloudScope, type Scope } from '../domain/scope.ts';
import { believedTime, bounded } from './bounded.ts';
import { detectionFinding, type RuleVersion } from './detection-finding.ts';
import { joinParts, type ReadEvent } from './join-parts.ts';
import { normalize, type Parser } from './normalize.ts';

/** An alert and the record it was made of. */
export interface ReadAlert {
  raw: RawRecord;
  parsed: ParsedAlert;
}

/** All that a step's records hold. */
export interface ReadBatch {
  alerts: ReadAlert[];
  events: ReadEvent[];
}

/** Reads the records of one step, and puts together what belongs together. Pure. */
export function readBatch(raws: readonly RawRecord[], sources: ReadonlyMap<string, Parser>): ReadBatch {
  const batch: ReadBatch = { alerts: [], events: [] };
  for (const raw of raws) {
    const { alerts, events } = normalize(raw, sources);
    for (const parsed of alerts) batch.alerts.push({ raw, parsed });
    const source = sources.get(raw.source);
    if (source && 'read' in source) for (const record of events) batch.events.push({ raw, source, record });
  }
  batch.events.push(...joinParts(batch.events));
  return batch;
}

/** Events as rules are asked about them. */
export function eventsToMatch(events: readonly ReadEvent[]): EventToMatch[] {
  return events.map(({ source, record }) => {
    const { event, logsource, time } = record;
    return { source: source.name, event, time, ...(logsource === undefined ? {} : { logsource }) };
  });
}

/** The alerts of rules that matched; `detections[k]` belongs to `events[k]`. What only correlations want makes none. */
export function detectedAlerts(
  events: readonly ReadEvent[],
  detections: readonly Detection[][],
  of: RuleVersion,
): ReadAlert[] {
  return events.flatMap(({ raw, source, record, parts }, k) =>
    (detections[k] ?? [])
      .filter(({ rule }) => !rule.silent)
      .map((detection) => ({ raw, parsed: bounded(detectionFinding(source, record, detection, of, parts), raw) })),
  );
}

/** The same matches on their way into correlation rules. */
export function matchedEvents(events: readonly ReadEvent[], detections: readonly Detection[][]): MatchedEvent[] {
  const counted = new Map<string, number>();
  return events.flatMap(({ raw, record, parts }, k) => {
    const event = counted.get(raw.id) ?? 0;
    counted.set(raw.id, event + 1);
    const matches = detections[k] ?? [];
    if (matches.length === 0) return [];
    const at = believedTime(record.time, raw);
    const entities = () => record.facts(parts).entities;
    const scope = () => ({ ...installationOf(raw), ...cloudScope({ ...record.facts(parts).attributes }) });
    return [{ rawId: raw.id, event, at, matches, entities, scope }];
  });
}

/** What came with a record says which installation of the app brought it. */
export function installationOf({ origin }: RawRecord): Pick<Scope, 'installation'> {
  const installation = origin?.installation;
  return typeof installation === 'number' ? { installation } : {};
}
