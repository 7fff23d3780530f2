import type { ParsedAlert } from '../domain/alert.ts';
import type { Severity } from '../domain/severity.ts';
import { techniques } from './attack/techniques.ts';

/** What a score needs of an alert, and of those around it. */
export type Neighbour = Pick<ParsedAlert, 'source' | 'rule' | 'time' | 'entities'>;
export type Scored = Neighbour & Pick<ParsedAlert, 'severity' | 'techniques'>;

/** What speaks for an attack (positive) or for everyday business (negative), and the sum of it. */
export interface Score {
  points: number;
  reasons: { points: number; because: string }[];
  /** Between the two thresholds, and where nothing is known, it says nothing. */
  leaning: 'attack' | 'everyday' | 'undecided';
}

/** One strong sign and some other together, or three weak ones, make an attack; nothing at all makes everyday business. */
const attackFrom = 3;
const everydayTo = 0;

/** The product's own judgement, one point a level above what it calls low: it alone knows its rule. */
const severityPoints: Record<Severity, number> = {
  unknown: 0,
  informational: -1,
  low: 0,
  medium: 1,
  high: 2,
  critical: 3,
};

/** Products call every accepted login Valid Accounts: what everybody does all day is a sign of nothing. */
const everydayTechnique = 'T1078';

/** Fewer alerts than this say nothing about what is rare. */
const leastForRarity = 20;

/** A rule that made at most this share of the alerts is rare, one that made more than the other is noise. */
const rareShare = 0.01;
const noisyShare = 0.1;

/** An attack under way breaks several rules on a machine within minutes; a fault breaks one again and again. */
const burstMs = 5 * 60_000;
const burstRules = 3;

/**
 * A transparent score of each alert from what every alert has, against the background of the others: severity, technique,
 * an outside address as the actor, how rare its rule is, and how many different rules fired around it. Pure, and the same
 * in any order. The weights are set by hand from what is known of such alerts and fitted to no data. `among`: all alerts of
 * that time, when more are known than are to be scored; a sample alone makes whatever was sampled densely look like a burst.
 */
export function scoreAlerts(alerts: readonly Scored[], among: readonly Neighbour[] = alerts): Score[] {
  const made = new Map<string, number>();
  for (const alert of among) made.set(ruleOf(alert), (made.get(ruleOf(alert)) ?? 0) + 1);
  return alerts.map((alert) => {
    const reasons = [
      ...because(severityPoints[alert.severity], `the product rates it ${alert.severity}`),
      ...techniqueReason(alert),
      ...(alert.entities.some(isOutsideActor) ? because(1, 'an outside address acts') : []),
      ...rarityReason(made.get(ruleOf(alert)) ?? 0, among.length),
      ...burstReason(alert, among),
    ];
    const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
    const blind = alert.severity === 'unknown' && reasons.length === 0;
    return { points, reasons, leaning: blind ? 'undecided' : leaningOf(points) };
  });
}

function leaningOf(points: number): Score['leaning'] {
  if (points >= attackFrom) return 'attack';
  return points <= everydayTo ? 'everyday' : 'undecided';
}

function because(points: number, sentence: string): Score['reasons'] {
  return points === 0 ? [] : [{ points, because: sentence }];
}

function techniqueReason(alert: Scored): Score['reasons'] {
  const named = alert.techniques.find(
    (id) => !id.startsWith(everydayTechnique) && techniques.get(id)?.revoked === false,
  );
  return named === undefined ? [] : because(1, `the product sees ${techniques.get(named)?.name ?? named}`);
}

const actors = new Set(['source', 'remote', 'caller', 'client', 'prober']);

/** RFC 1918, loopback, link-local, carrier-grade NAT, and their like of IPv6: everything else came from outside. */
const inside =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe[89ab]|::1$)/i;

function isOutsideActor({ type, value, role }: Scored['entities'][number]): boolean {
  return type === 'ip' && actors.has(role) && !inside.test(value);
}

function rarityReason(count: number, all: number): Score['reasons'] {
  if (all < leastForRarity) return [];
  if (count <= Math.max(1, all * rareShare)) return because(1, 'its rule fires rarely');
  return count > all * noisyShare ? because(-1, 'its rule fires all the time') : [];
}

function burstReason(alert: Neighbour, among: readonly Neighbour[]): Score['reasons'] {
  const places = new Set(alert.entities.filter(isPlace).map(({ type, value }) => `${type}:${value}`));
  const near = among.filter(
    (other) =>
      Math.abs(other.time.getTime() - alert.time.getTime()) <= burstMs &&
      other.entities.some((e) => isPlace(e) && places.has(`${e.type}:${e.value}`)),
  );
  const rules = new Set(near.map(ruleOf)).size;
  return rules < burstRules ? [] : because(rules < 2 * burstRules ? 1 : 2, `${rules} different rules within minutes`);
}

function isPlace({ type }: Scored['entities'][number]): boolean {
  return type === 'host' || type === 'ip' || type === 'container';
}

function ruleOf({ source, rule }: Neighbour): string {
  return `${source}\n${rule}`;
}
