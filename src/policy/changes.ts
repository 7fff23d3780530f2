import { canonicalJson } from '../domain/canonical.ts';
import type { Origin, Policy } from '../domain/policy.ts';
import { durationText } from './duration-text.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';
import { privacyChanges } from './privacy-changes.ts';
import { responseChanges } from './response-changes.ts';
import { rightsChanges } from './rights-changes.ts';
import { roomChanges } from './room-changes.ts';

/** What merging `next` would change against the policy in force, what gives more power first. */
export function changes(previous: Policy, next: Policy): PolicyChange[] {
  const found = [
    ...rightsChanges(previous, next),
    ...responseChanges(previous, next),
    ...roomChanges(previous, next),
    ...privacyChanges(previous.privacy, next.privacy),
    ...settingChanges(previous, next),
    ...ruleChanges('severity floor', previous.severityFloors, next.severityFloors, ({ because }) => because),
    ...ruleChanges('verdict rule', previous.verdictRules, next.verdictRules, (r) => `${r.verdict}: ${r.because}`),
    ...ruleChanges('notification channel', previous.notifications, next.notifications, ({ id }) => id),
    ...ruleChanges('playbook', previous.playbooks, next.playbooks, ({ id }) => id),
    ...ruleChanges('context of', previous.context, next.context, ({ kind, name }) => `${kind} ${name}`),
    ...rotaChanges(previous, next),
    ...detectionChanges(previous, next),
  ];
  return [...found.filter((c) => c.level === 'warning'), ...found.filter((c) => c.level === 'notice')];
}

function settingChanges(previous: Policy, next: Policy): PolicyChange[] {
  const told = (p: Policy) => ({
    organization: p.organization,
    language: p.language,
    'time zone': p.timeZone,
    'join window': durationText(p.joinWindow),
    queue: p.queue ? 'kept' : 'not kept',
    mentions: p.mention.who.length === 0 ? 'nobody' : `${p.mention.who.join(', ')} from ${p.mention.severity}`,
    'on call': `from ${p.onCall.severity}, ${durationText(p.onCall.takeWithin)} to take it`,
    'time for an approval': durationText(p.approveWithin),
    'time without a second voice': durationText(p.confirmWithin),
    budget: `${p.budgets.creationsPerHour} an hour, ${p.budgets.creationsPerMinute} a minute`,
    placeholders: Object.entries(p.placeholders)
      .map(([name, values]) => `${name} (${values.length})`)
      .join(', '),
    description: p.description,
  });
  const before = Object.entries(told(previous));
  const after = new Map(Object.entries(told(next)));
  return before.flatMap(([name, old]): PolicyChange[] => {
    const now = after.get(name) ?? '';
    if (now === old) return [];
    const sentence =
      name === 'description'
        ? 'changes the description of the organization'
        : `changes ${name} from ${inCode(old)} to ${inCode(now)}`;
    return [{ level: 'notice', sentence }];
  });
}

/** The rota is a page to read: only that it is another. */
function rotaChanges(previous: Policy, next: Policy): PolicyChange[] {
  const told = ({ onCall: { rota } }: Policy) => {
    const plain = <Entry extends { origin: Origin }>(entries: Entry[]) => entries.map((one) => contentOf(one));
    if (!rota) return '';
    const { timeZone, start, rotation, overrides, away } = rota;
    return canonicalJson([timeZone, start, plain(rotation), plain(overrides), plain(away)]);
  };
  if (told(previous) === told(next)) return [];
  const { rota } = next.onCall;
  if (!rota) return [{ level: 'warning', sentence: 'removes the rota: nobody is on call' }];
  const names = rota.rotation.map(({ login }) => inCode(login)).join(', ');
  return [{ level: 'notice', sentence: `changes who is on call when; in turn: ${names}`, origin: rota.origin }];
}

/** Detections by file; what is taken away is no longer seen. */
function detectionChanges(previous: Policy, next: Policy): PolicyChange[] {
  const before = new Map(previous.detections.map(({ path, text }) => [path, text]));
  const after = new Map(next.detections.map(({ path, text }) => [path, text]));
  const told = (level: PolicyChange['level'], verb: string, path: string): PolicyChange => {
    return { level, sentence: `${verb} detections ${inCode(path)}` };
  };
  return [
    ...[...before.keys()].filter((path) => !after.has(path)).map((path) => told('warning', 'removes', path)),
    ...[...after].flatMap(([path, text]) => {
      if (!before.has(path)) return [told('notice', 'adds', path)];
      return before.get(path) === text ? [] : [told('notice', 'changes', path)];
    }),
  ];
}

/** Rules have no identity of their own: one that reads differently is one removed and one added. */
function ruleChanges<Rule extends { origin: Origin }>(
  what: string,
  previous: readonly Rule[],
  next: readonly Rule[],
  nameOf: (rule: Rule) => string,
): PolicyChange[] {
  const before = new Map(previous.map((rule) => [contentOf(rule), rule]));
  const after = new Map(next.map((rule) => [contentOf(rule), rule]));
  const added = [...after].flatMap(([content, rule]) => (before.has(content) ? [] : [rule]));
  const removed = [...before].flatMap(([content, rule]) => (after.has(content) ? [] : [rule]));
  const names = (rules: Rule[]) => new Set(rules.map(nameOf));
  const level = what === 'verdict rule' ? 'warning' : 'notice';
  return [
    ...added.map((rule): PolicyChange => {
      const verb = names(removed).has(nameOf(rule)) ? 'changes' : 'adds';
      return { level, sentence: `${verb} ${what} ${inCode(nameOf(rule))}`, origin: rule.origin };
    }),
    ...removed
      .filter((rule) => !names(added).has(nameOf(rule)))
      .map((rule): PolicyChange => ({ level: 'notice', sentence: `removes ${what} ${inCode(nameOf(rule))}` })),
  ];
}

function contentOf(rule: { origin: Origin }): string {
  return canonicalJson({ ...rule, origin: undefined });
}
