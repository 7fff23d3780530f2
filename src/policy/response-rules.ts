import type { z } from 'zod';
import type { EntityType } from '../domain/entity.ts';
import {
  atMost,
  type Grant,
  type Policy,
  type PolicyProblem,
  type Resource,
  type ResponseRule,
} from '../domain/policy.ts';
import type { DetectionCheck } from './detection-check.ts';
import { notAllowed, problemsOf } from './problems.ts';
import type { ResponseFile } from './schemas/response.ts';
import type { LineOf } from './yaml-lines.ts';

/** What is installed beside the policy: it can only name these. */
export interface KnownPlugins {
  tools: string[];
  actions: { action: string; entity: EntityType[]; lasting?: boolean }[];
  connectors: string[];
  /** What each connector wants to know of a resource; where it is not given settings are not looked at. */
  settings?: ReadonlyMap<string, z.ZodType>;
  /** By connector, the setting that no two of its resources may have alike. */
  sole?: ReadonlyMap<string, string>;
  /** What each tool is run for; where it is not given a playbook may run it for anything. */
  each?: ReadonlyMap<string, 'entity' | 'incident' | 'alert'>;
  /** What each notification channel wants to know; where it is not given channels are not looked at. */
  channels?: ReadonlyMap<string, z.ZodType>;
  /** Reads and tests the files of `detections/`; where it is not given they are only read as YAML. */
  detections?: DetectionCheck;
}

/** The rights, resources and rules of `policies/response.md`. */
export function responsePolicy(
  file: ResponseFile,
  path: string,
  lineOf: LineOf,
): Pick<Policy, 'grants' | 'resources' | 'responses'> {
  return {
    grants: { analyst: grant(file.rights?.analyst), responder: grant(file.rights?.responder) },
    resources: (file.resources ?? []).map(
      (given, i): Resource => ({
        id: given.id,
        connector: given.connector,
        settings: given.settings ?? {},
        origin: { path, line: lineOf(['resources', i]) },
      }),
    ),
    responses: (file.responses ?? []).map(
      (given, i): ResponseRule => ({
        id: given.id,
        when: given.when,
        entity: given.entity,
        action: given.action,
        resources: [...new Set(given.resources)],
        autonomy: given.autonomy,
        duration: given.duration,
        maxDuration: given.max_duration,
        approvals: given.approvals ?? 1,
        requesterMayApprove: given.requester_may_approve ?? false,
        emergency: given.emergency ?? false,
        because: given.because,
        origin: { path, line: lineOf(['responses', i]) },
      }),
    ),
  };
}

/** What `policies/response.md` names that does not exist, or names twice. */
export function responseProblems(
  file: ResponseFile,
  path: string,
  lineOf: LineOf,
  known: KnownPlugins,
): PolicyProblem[] {
  const resources = (file.resources ?? []).map(({ id }) => id);
  const problem = (at: PropertyKey[], message: string): PolicyProblem => ({ path, line: lineOf(at), message });
  const found = [
    ...repeated('resources', resources),
    ...repeated(
      'responses',
      (file.responses ?? []).map(({ id }) => id),
    ),
  ].map(({ at, id }) => problem(at, `The id ${id} is given twice; each id may stand once.`));
  for (const [i, { connector, settings }] of (file.resources ?? []).entries()) {
    if (!known.connectors.includes(connector)) {
      found.push(problem(['resources', i, 'connector'], notAllowed('Connector ', connector, known.connectors)));
    }
    const checked = known.settings?.get(connector)?.safeParse(settings ?? {}, { reportInput: true });
    const issues = checked?.error?.issues ?? [];
    const placed = issues.map((issue) => ({ ...issue, path: ['resources', i, 'settings', ...issue.path] }));
    found.push(...problemsOf(path, placed, lineOf));
  }
  found.push(...shared(file, known).map(({ at, message }) => problem(at, message)));
  for (const [i, rule] of (file.responses ?? []).entries()) {
    for (const [j, resource] of rule.resources.entries()) {
      if (!resources.includes(resource)) {
        found.push(problem(['responses', i, 'resources', j], notAllowed('Resource ', resource, resources)));
      }
    }
    found.push(...actionProblems(rule, known).map(({ key, message }) => problem(['responses', i, key], message)));
  }
  return found;
}

function actionProblems(
  rule: NonNullable<ResponseFile['responses']>[number],
  known: KnownPlugins,
): { key: 'action' | 'entity' | 'emergency'; message: string }[] {
  const offered = known.actions.filter(({ action }) => action === rule.action);
  if (offered.length === 0) {
    const actions = [...new Set(known.actions.map(({ action }) => action))];
    return [{ key: 'action', message: notAllowed('Action ', rule.action, actions) }];
  }
  const types = new Set(offered.flatMap(({ entity }) => entity));
  const wrong = rule.entity
    .filter((type) => !types.has(type))
    .map((type) => ({
      key: 'entity' as const,
      message: `Action ${rule.action} cannot act on ${type}. Allowed: ${[...types].join(', ')}.`,
    }));
  const why = rule.emergency ? whyNotAlone(rule, offered) : undefined;
  return why === undefined ? wrong : [...wrong, { key: 'emergency', message: why }];
}

/** What one person lets run alone is taken back by itself within the hour, so it has to be a thing that can be. */
function whyNotAlone(
  { action, autonomy }: NonNullable<ResponseFile['responses']>[number],
  offered: KnownPlugins['actions'],
): string | undefined {
  if (offered.some(({ lasting }) => lasting))
    return `Action ${action} cannot be taken back within the hour, so nobody runs it alone: remove emergency.`;
  if (atMost(autonomy, 'recommend')) return `With autonomy ${autonomy} it never runs, so emergency means nothing.`;
  return undefined;
}

/** Settings that are to stand once and stand with an earlier resource too. */
function shared(file: ResponseFile, known: KnownPlugins): { at: PropertyKey[]; message: string }[] {
  const seen = new Map<string, string>();
  return (file.resources ?? []).flatMap(({ id, connector, settings }, i) => {
    const sole = known.sole?.get(connector);
    // As the connector reads it: what is not written has a default.
    const read = known.settings?.get(connector)?.safeParse(settings ?? {}).data as Record<string, unknown> | undefined;
    const value = sole === undefined ? undefined : read?.[sole];
    if (sole === undefined || typeof value !== 'string') return [];
    const key = JSON.stringify([connector, value]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, id);
    const message = `Resource ${first} has ${sole} ${value} already; each would drop what the other put there.`;
    return first === undefined ? [] : [{ at: ['resources', i, 'settings', sole], message }];
  });
}

function repeated(list: string, ids: string[]): { at: PropertyKey[]; id: string }[] {
  return ids.flatMap((id, i) => (ids.indexOf(id) < i ? [{ at: [list, i, 'id'], id }] : []));
}

function grant(given: { people?: string[]; teams?: string[]; roles?: string[] } | undefined): Grant {
  return { people: given?.people ?? [], teams: given?.teams ?? [], roles: given?.roles ?? [] };
}
