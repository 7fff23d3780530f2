import { entityMatches, matches } from '../domain/condition.ts';
import { neverBlocked } from '../domain/context.ts';
import type { Entity } from '../domain/entity.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { EveryLanguage } from '../domain/locale.ts';
import { atMost, type Policy, type ResponseRule } from '../domain/policy.ts';

/** What a response rule proposes for one target, before it has a number. */
export interface Proposal {
  action: string;
  target: Entity;
  resources: string[];
  /** Seconds. */
  duration: number;
  rule: string;
  evidence: string[];
  because: string;
}

/** Proposals an incident shows at most. */
const proposalLimit = 20;

/**
 * What the response policy proposes for an incident: one proposal for each rule and target, on the resources that no
 * earlier rule proposes the same on. Two rules stay two proposals and are not merged: each has its own approvals,
 * length and reason, and what a person approves binds to one rule, whose words are read again then. Only typed entities of
 * the product's own fields are targets, never text finds, never what must not be blocked, never an observed rule.
 */
export function proposals(
  view: Pick<IncidentView, 'incident' | 'alerts' | 'entities' | 'evidence'>,
  policy: Policy,
  actions: ReadonlySet<string>,
  unavailable: ReadonlyMap<string, EveryLanguage> = new Map(),
): Proposal[] {
  if (view.incident.status !== 'open') return [];
  const found: Proposal[] = [];
  for (const rule of policy.responses) {
    if (!actions.has(rule.action) || !atMost('recommend', rule.autonomy)) continue;
    const resources = rule.resources.filter((id) => !unavailable.has(id));
    if (resources.length === 0) continue;
    const targets = view.entities.filter((e) => isTarget(e, rule, view, policy));
    for (const { type, value } of targets) {
      const target = { type, value };
      const taken = found.filter((p) => p.action === rule.action && p.target.type === type && p.target.value === value);
      const left = resources.filter((id) => !taken.some((p) => p.resources.includes(id)));
      if (left.length === 0) continue;
      found.push({
        action: rule.action,
        target,
        resources: left,
        duration: rule.duration,
        rule: rule.id,
        evidence: citing(target, view),
        because: rule.because,
      });
    }
  }
  return found.slice(0, proposalLimit);
}

function isTarget(
  entity: IncidentView['entities'][number],
  rule: ResponseRule,
  view: Pick<IncidentView, 'incident' | 'alerts'>,
  policy: Policy,
): boolean {
  if (entity.from !== 'field' || !rule.entity.includes(entity.type)) return false;
  if (neverBlocked(policy.neverBlock, entity) !== undefined) return false;
  if (rule.when.entity && !entityMatches(rule.when.entity, entity)) return false;
  const effectiveSeverity = view.incident.severity;
  return view.alerts.some(
    (a) =>
      a.entities.some((e) => e.type === entity.type && e.value === entity.value && e.from === 'field') &&
      matches(rule.when, { ...a, effectiveSeverity }),
  );
}

/** Evidence that is about a target: asked for it, or the raw record of an alert that carries it. */
function citing(target: Entity, view: Pick<IncidentView, 'alerts' | 'evidence'>): string[] {
  const carrying = new Set(
    view.alerts
      .filter((a) => a.entities.some((e) => e.type === target.type && e.value === target.value))
      .map((a) => a.id),
  );
  return view.evidence
    .filter((e) => {
      const entity = e.query.entity as Entity | undefined;
      if (entity) return entity.type === target.type && entity.value === target.value;
      return typeof e.query.alert === 'string' && carrying.has(e.query.alert);
    })
    .filter((e) => e.outcome === 'found')
    .map((e) => e.id)
    .slice(0, 5);
}
