import { canonicalJson } from '../domain/canonical.ts';
import { type Autonomy, autonomies, type Policy, type Resource, type ResponseRule } from '../domain/policy.ts';
import { durationText } from './duration-text.ts';
import type { PolicyChange } from './policy-change.ts';

/** Changes of what may be done, where, and how far Yagura may go by itself. */
export function responseChanges(previous: Policy, next: Policy): PolicyChange[] {
  const before = new Map(previous.responses.map((rule) => [rule.id, rule]));
  const after = new Set(next.responses.map(({ id }) => id));
  return [
    ...next.responses.flatMap((rule): PolicyChange[] => {
      const old = before.get(rule.id);
      return (old ? differences(old, rule, next.mode) : [added(rule, next.mode)]).map((change) => ({
        ...change,
        origin: rule.origin,
      }));
    }),
    ...previous.responses
      .filter(({ id }) => !after.has(id))
      .map(({ id }): PolicyChange => ({ level: 'notice', sentence: `removes response ${id}` })),
    ...resourceChanges(previous.resources, next.resources),
  ];
}

function added(rule: ResponseRule, mode: Autonomy): PolicyChange {
  const what = `${rule.action} of ${rule.entity.join(', ')} on ${rule.resources.join(', ')}`;
  const how = `autonomy ${rule.autonomy}${held(rule.autonomy, mode)}, for ${durationText(rule.duration)}${rule.emergency ? ', in an emergency on one word' : ''}`;
  return { level: 'warning', sentence: `adds response ${rule.id}: ${what}, ${how}` };
}

function differences(old: ResponseRule, now: ResponseRule, mode: Autonomy): PolicyChange[] {
  const found: PolicyChange[] = [];
  const told = (name: string, before: string, after: string, more: boolean) => {
    if (before === after) return;
    const sentence = `changes ${name} of ${now.id} from ${before} to ${after}`;
    found.push({ level: more ? 'warning' : 'notice', sentence });
  };
  if (old.autonomy !== now.autonomy) {
    const raised = rank(now.autonomy) > rank(old.autonomy);
    const verb = raised ? 'raises' : 'lowers';
    const sentence = `${verb} autonomy of ${now.id} from ${old.autonomy} to ${now.autonomy}${held(now.autonomy, mode)}`;
    found.push({ level: raised ? 'warning' : 'notice', sentence });
  }
  told('action', old.action, now.action, true);
  told(
    'entity types',
    old.entity.join(', '),
    now.entity.join(', '),
    now.entity.some((e) => !old.entity.includes(e)),
  );
  told(
    'resources',
    old.resources.join(', '),
    now.resources.join(', '),
    now.resources.some((r) => !old.resources.includes(r)),
  );
  told('duration', durationText(old.duration), durationText(now.duration), now.duration > old.duration);
  told(
    'longest duration',
    durationText(old.maxDuration),
    durationText(now.maxDuration),
    now.maxDuration > old.maxDuration,
  );
  told('approvals', String(old.approvals), String(now.approvals), now.approvals < old.approvals);
  told(
    '"requester may approve"',
    yesNo(old.requesterMayApprove),
    yesNo(now.requesterMayApprove),
    now.requesterMayApprove,
  );
  told('"emergency"', yesNo(old.emergency), yesNo(now.emergency), now.emergency);
  if (canonicalJson(old.when) !== canonicalJson(now.when)) {
    found.push({ level: 'warning', sentence: `changes when ${now.id} applies` });
  }
  return found;
}

function resourceChanges(previous: readonly Resource[], next: readonly Resource[]): PolicyChange[] {
  const content = ({ connector, settings }: Resource) => canonicalJson({ connector, settings });
  const before = new Map(previous.map((resource) => [resource.id, resource]));
  const after = new Set(next.map(({ id }) => id));
  return [
    ...next.flatMap((resource): PolicyChange[] => {
      const old = before.get(resource.id);
      if (old && content(old) === content(resource)) return [];
      const sentence = `${old ? 'changes' : 'adds'} resource ${resource.id} (connector ${resource.connector})`;
      return [{ level: 'warning', sentence, origin: resource.origin }];
    }),
    ...previous
      .filter(({ id }) => !after.has(id))
      .map(({ id }): PolicyChange => ({ level: 'notice', sentence: `removes resource ${id}` })),
  ];
}

/** A rule may ask for more than the global ceiling gives it. */
function held(autonomy: Autonomy, mode: Autonomy): string {
  return rank(autonomy) > rank(mode) ? ` (held at ${mode} by mode)` : '';
}

function rank(autonomy: Autonomy): number {
  return autonomies.indexOf(autonomy);
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
