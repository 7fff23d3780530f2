import { canonicalJson } from '../domain/canonical.ts';
import { type Autonomy, autonomies, type Policy, type Resource, type ResponseRule } from '../domain/policy.ts';
import { policyChangeWords } from '../messages/policy-changes.ts';
import { durationText } from './duration-text.ts';
import type { PolicyChange } from './policy-change.ts';

/** Changes of what may be done, where, and how far Yagura may go by itself. */
export function responseChanges(previous: Policy, next: Policy): PolicyChange[] {
  const words = policyChangeWords(next.language);
  const before = new Map(previous.responses.map((rule) => [rule.id, rule]));
  const after = new Set(next.responses.map(({ id }) => id));
  return [
    ...next.responses.flatMap((rule): PolicyChange[] => {
      const old = before.get(rule.id);
      return (old ? differences(old, rule, next.mode, words) : [added(rule, next.mode, words)]).map((change) => ({
        ...change,
        origin: rule.origin,
      }));
    }),
    ...previous.responses
      .filter(({ id }) => !after.has(id))
      .map(({ id }): PolicyChange => ({ level: 'notice', sentence: words.removesResponse(id) })),
    ...resourceChanges(previous.resources, next.resources, words),
  ];
}

type Words = ReturnType<typeof policyChangeWords>;

function added(rule: ResponseRule, mode: Autonomy, words: Words): PolicyChange {
  const what = words.response(rule.action, rule.entity.join(', '), rule.resources.join(', '));
  const autonomy = `${rule.autonomy}${held(rule.autonomy, mode, words)}`;
  const how = `${words.autonomyFor(autonomy, durationText(rule.duration))}${rule.emergency ? words.oneWord : ''}`;
  return { level: 'warning', sentence: words.addsResponse(rule.id, what, how) };
}

function differences(old: ResponseRule, now: ResponseRule, mode: Autonomy, words: Words): PolicyChange[] {
  const found: PolicyChange[] = [];
  const told = (name: string, before: string, after: string, more: boolean) => {
    if (before === after) return;
    const sentence = words.changesOf(name, now.id, before, after);
    found.push({ level: more ? 'warning' : 'notice', sentence });
  };
  if (old.autonomy !== now.autonomy) {
    const raised = rank(now.autonomy) > rank(old.autonomy);
    const change = words.autonomy(raised, now.id, old.autonomy, now.autonomy);
    const sentence = `${change}${held(now.autonomy, mode, words)}`;
    found.push({ level: raised ? 'warning' : 'notice', sentence });
  }
  told(words.action, old.action, now.action, true);
  told(
    words.entityTypes,
    old.entity.join(', '),
    now.entity.join(', '),
    now.entity.some((e) => !old.entity.includes(e)),
  );
  told(
    words.resources,
    old.resources.join(', '),
    now.resources.join(', '),
    now.resources.some((r) => !old.resources.includes(r)),
  );
  told(words.duration, durationText(old.duration), durationText(now.duration), now.duration > old.duration);
  told(
    words.longestDuration,
    durationText(old.maxDuration),
    durationText(now.maxDuration),
    now.maxDuration > old.maxDuration,
  );
  told(words.approvals, String(old.approvals), String(now.approvals), now.approvals < old.approvals);
  told(
    words.requesterMayApprove,
    yesNo(old.requesterMayApprove, words),
    yesNo(now.requesterMayApprove, words),
    now.requesterMayApprove,
  );
  told(words.emergency, yesNo(old.emergency, words), yesNo(now.emergency, words), now.emergency);
  if (canonicalJson(old.when) !== canonicalJson(now.when)) {
    found.push({ level: 'warning', sentence: words.whenApplies(now.id) });
  }
  return found;
}

function resourceChanges(previous: readonly Resource[], next: readonly Resource[], words: Words): PolicyChange[] {
  const content = ({ connector, settings }: Resource) => canonicalJson({ connector, settings });
  const before = new Map(previous.map((resource) => [resource.id, resource]));
  const after = new Set(next.map(({ id }) => id));
  return [
    ...next.flatMap((resource): PolicyChange[] => {
      const old = before.get(resource.id);
      if (old && content(old) === content(resource)) return [];
      const say = old ? words.changesResource : words.addsResource;
      const sentence = say(resource.id, resource.connector);
      return [{ level: 'warning', sentence, origin: resource.origin }];
    }),
    ...previous
      .filter(({ id }) => !after.has(id))
      .map(({ id }): PolicyChange => ({ level: 'notice', sentence: words.removesResource(id) })),
  ];
}

/** A rule may ask for more than the global ceiling gives it. */
function held(autonomy: Autonomy, mode: Autonomy, words: Words): string {
  return rank(autonomy) > rank(mode) ? words.held(mode) : '';
}

function rank(autonomy: Autonomy): number {
  return autonomies.indexOf(autonomy);
}

function yesNo(value: boolean, words: Words): string {
  return value ? words.yes : words.no;
}
