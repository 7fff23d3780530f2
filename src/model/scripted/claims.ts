import type { Scene, SeenAlert, SeenEvidence } from './scene.ts';
import { productOf, sayingOf } from './wording.ts';

export interface ScriptedClaim {
  text: string;
  evidence: string[];
}

/** What a tool answered, as a sentence: the value it was asked about as a quotation, without where it is written down. */
export function claimOf({ id, says, query }: SeenEvidence): ScriptedClaim {
  const value = query.entity?.value;
  const short = says.replace(/[,、]? ?context\/\S+\.md/g, '');
  const told = value !== undefined && short.startsWith(`${value} `) && !/["“”`]/.test(value);
  return { text: told ? `"${value}"${short.slice(value.length)}` : sentenceCase(short), evidence: [id] };
}

/** That a product reported something, on its record; nothing when the record is no evidence or its title cannot be quoted. */
export function reported(scene: Scene, alert: SeenAlert): ScriptedClaim[] {
  const record = recordOf(scene, alert);
  const source = scene.trusted.alerts?.find(({ id }) => id === alert.id)?.source;
  if (!record || !source || !quotable(alert.title)) return [];
  return [
    { text: sayingOf(scene.language).reported(productOf(source, scene.language), alert.title), evidence: [record.id] },
  ];
}

/** How it began and what it came to, when those are two things. */
export function course(scene: Scene): ScriptedClaim[] {
  const times = new Map(scene.trusted.alerts?.map(({ id, time }) => [id, time]));
  const timed = (alert: SeenAlert) => times.get(alert.id) ?? '';
  const [first] = scene.alerts.toSorted((a, b) => timed(a).localeCompare(timed(b)));
  const [worst] = scene.alerts;
  if (!first || !worst || first.title === worst.title || timed(first) >= timed(worst)) return [];
  const records = [recordOf(scene, first), recordOf(scene, worst)].flatMap((record) => record?.id ?? []);
  if (records.length < 2 || !quotable(first.title) || !quotable(worst.title)) return [];
  return [{ text: sayingOf(scene.language).course(first.title, worst.title), evidence: records }];
}

/** Alerts of different titles, the gravest first. */
export function distinct(alerts: SeenAlert[]): SeenAlert[] {
  return [...new Map(alerts.toReversed().map((alert) => [alert.title, alert])).values()].reverse();
}

/** What tools found, by the tool; of two answers that read alike the later one. */
export function foundBy(scene: Scene, tool: string): SeenEvidence[] {
  const found = scene.evidence.filter((e) => e.tool === tool && e.outcome === 'found');
  return [...new Map(found.map((e) => [JSON.stringify(e.query), e])).values()];
}

function recordOf({ evidence }: Scene, alert: SeenAlert): SeenEvidence | undefined {
  return evidence.find((e) => e.tool === 'raw-record' && e.outcome === 'found' && e.query.alert === alert.id);
}

/** Marks within would end the quotation early; a long title is cut where it is shown. */
function quotable(title: string): boolean {
  return title.length <= 200 && !/["“”„«»`]/.test(title);
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
