import type { Titled } from '../../src/domain/alert-title.ts';
import type { Entity } from '../../src/domain/entity.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { AlertView, IncidentView } from '../../src/domain/incident-view.ts';
import { everyLanguage } from '../../src/domain/locale.ts';
import { type Recommendation, recommendationHash } from '../../src/domain/recommendation.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Sentence } from '../../src/domain/sentence.ts';
import type { Task } from '../../src/domain/task.ts';
import { titleWords } from '../../src/messages/titles.ts';

/** Midday UTC plus seconds, so that a story reads in order. */
export function at(seconds: number): Date {
  return new Date(Date.parse('2026-03-01T12:01:00Z') + seconds * 1000);
}

/** A title that Yagura gives, since the product has none. */
export function ownTitle(say: (words: ReturnType<typeof titleWords>) => string): Required<Titled> {
  const titles = everyLanguage((language) => say(titleWords(language)));
  return { title: titles.en, titles };
}

/** An alert as the renderer gets it; what a test does not care about is filled in. */
export function alertView(id: string, given: Partial<AlertView> & Pick<AlertView, 'title'>): AlertView {
  const time = given.time ?? at(0);
  return {
    id,
    incidentId: '7',
    kind: 'threat',
    source: 'falco',
    product: 'Falco',
    rule: 'some-rule',
    severity: 'high',
    effectiveSeverity: given.severity ?? 'high',
    time,
    entities: [],
    techniques: [],
    quoted: [],
    fingerprint: [],
    subject: [],
    fingerprintHash: `f${id}`,
    count: 1,
    firstSeen: time,
    lastSeen: time,
    joinReason: 'first alert of this incident',
    ...given,
  };
}

type Changes = Partial<Omit<IncidentView, 'incident'>> & { incident?: Partial<Incident> };

/** A view of an incident with these alerts; entities are gathered from them. */
export function viewOf(alerts: AlertView[], changes: Changes = {}): IncidentView {
  const { incident, ...rest } = changes;
  const times = alerts.flatMap((a) => [a.firstSeen.getTime(), a.lastSeen.getTime()]);
  return {
    incident: {
      id: '7',
      kind: alerts[0]?.kind ?? 'threat',
      pressing: false,
      status: 'open',
      title: alerts[0]?.title ?? 'nothing',
      severity: alerts[0]?.effectiveSeverity ?? 'unknown',
      verdict: 'not-assessed',
      issue: 12,
      openedAt: at(0),
      firstSeen: new Date(Math.min(...times)),
      lastSeen: new Date(Math.max(...times)),
      alertCount: alerts.reduce((sum, a) => sum + a.count, 0),
      adopted: false,
      ...incident,
    },
    alerts,
    alertTotal: alerts.length,
    entities: entitiesOf(alerts),
    evidence: [],
    recommendations: [],
    tasks: [],
    policy: {
      repository: 'acme/soc-config',
      commit: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
      language: 'en',
      timeZone: 'Asia/Tokyo',
      mode: 'approve',
    },
    notes: '',
    now: at(600),
    ...rest,
  };
}

function entitiesOf(alerts: AlertView[]): IncidentView['entities'] {
  const found = new Map<string, IncidentView['entities'][number]>();
  for (const alert of alerts)
    for (const entity of alert.entities) {
      const key = `${entity.type}:${entity.value}`;
      const known = found.get(key);
      found.set(key, known ? { ...known, alerts: known.alerts + 1 } : { ...entity, alerts: 1 });
    }
  return [...found.values()].sort((a, b) => b.alerts - a.alerts || (a.value < b.value ? -1 : 1));
}

/** A piece of evidence with a hash of its own. */
export function evidenceOf(
  number: number,
  tool: string,
  outcome: Evidence['outcome'],
  summary: Sentence,
  query: Record<string, unknown> = {},
): Evidence {
  const hash = `${number}`.padStart(2, '0').repeat(32);
  return {
    id: `E${number}`,
    incidentId: '7',
    tool,
    query,
    outcome,
    summary,
    result: null,
    trust: 'own',
    at: at(120),
    hash,
  };
}

/** A recommendation to block an address for a day. */
export function recommendationOf(
  number: number,
  target: Entity,
  given: Partial<Recommendation> = {},
): Recommendation & { hash: string } {
  const made: Recommendation = {
    id: `R${number}`,
    incidentId: '7',
    action: 'block',
    target,
    resources: ['edge'],
    duration: 86_400,
    rule: 'block-external-address',
    policyCommit: '1a2b3c4',
    evidence: [],
    because: 'An outside address that attacks us loses nothing we need when it is blocked for a day.',
    requestedBy: 'yagura',
    status: 'open',
    approvals: [],
    confirmedAt: at(130),
    ...given,
  };
  return { ...made, hash: recommendationHash(made) };
}

/** A task that holds. */
export function taskOf(number: number, target: Entity, given: Partial<Task> = {}): Task {
  return {
    id: `T${number}`,
    incidentId: '7',
    recommendation: `R${number}`,
    action: 'block',
    target,
    resource: 'edge',
    status: 'active',
    expiresAt: at(86_400),
    requestedBy: 'yagura',
    approvedBy: ['ken'],
    policyCommit: '1a2b3c4',
    detail: 'seen in lists/edge.txt on yagura/lists (3 entries).',
    createdAt: at(200),
    updatedAt: at(201),
    ...given,
  };
}

/** A finished deterministic report. */
export function reportOf(given: Partial<Report> = {}): Report {
  return {
    verdict: 'not-assessed',
    claims: [],
    questions: [],
    playbook: 'default',
    policyCommit: '1a2b3c4',
    investigator: 'deterministic',
    at: at(120).toISOString(),
    ...given,
  };
}
