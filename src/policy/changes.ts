import { canonicalJson } from '../domain/canonical.ts';
import type { Origin, Policy } from '../domain/policy.ts';
import type { VulnerabilityPolicy } from '../domain/vulnerability.ts';
import { policyChangeWords } from '../messages/policy-changes.ts';
import { durationText } from './duration-text.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';
import { privacyChanges } from './privacy-changes.ts';
import { responseChanges } from './response-changes.ts';
import { rightsChanges } from './rights-changes.ts';
import { roomChanges } from './room-changes.ts';

/** What merging `next` would change against the policy in force, what gives more power first. */
export function changes(previous: Policy, next: Policy): PolicyChange[] {
  const words = policyChangeWords(next.language);
  const found = [
    ...rightsChanges(previous, next),
    ...responseChanges(previous, next),
    ...roomChanges(previous, next),
    ...privacyChanges(previous.privacy, next.privacy, next.language),
    ...settingChanges(previous, next, words),
    ...ruleChanges(words, 'severityFloor', previous.severityFloors, next.severityFloors, ({ because }) => because),
    ...ruleChanges(words, 'verdictRule', previous.verdictRules, next.verdictRules, (r) => `${r.verdict}: ${r.because}`),
    ...ruleChanges(words, 'notificationChannel', previous.notifications, next.notifications, ({ id }) => id),
    ...ruleChanges(words, 'playbook', previous.playbooks, next.playbooks, ({ id }) => id),
    ...ruleChanges(words, 'contextOf', previous.context, next.context, ({ kind, name }) => `${kind} ${name}`),
    ...rotaChanges(previous, next, words),
    ...detectionChanges(previous, next, words),
  ];
  return [...found.filter((c) => c.level === 'warning'), ...found.filter((c) => c.level === 'notice')];
}

/** What `policies/vulnerabilities.md` says, in its own words; of known exploited ones only how many. */
function mendingText({ days, exploitedDays, exposedDays, bothDays, likelyFrom, kev }: VulnerabilityPolicy): string {
  const by = Object.entries(days).map(([severity, count]) => `${severity}: ${count}`);
  const shorter = `exploited_days: ${exploitedDays}, exposed_days: ${exposedDays}, both_days: ${bothDays}`;
  return `${by.join(', ')}, ${shorter}, likely_from: ${likelyFrom}, kev: ${kev?.length ?? '-'}`;
}

type Words = ReturnType<typeof policyChangeWords>;

function settingChanges(previous: Policy, next: Policy, words: Words): PolicyChange[] {
  const told = (p: Policy) => ({
    [words.organization]: p.organization,
    [words.language]: p.language,
    [words.timeZone]: p.timeZone,
    [words.joinWindow]: durationText(p.joinWindow),
    [words.queue]: p.queue ? words.kept : words.notKept,
    '`quiet`': quietText(p.quiet),
    [words.mentions]:
      p.mention.who.length === 0 ? words.nobody : words.mentioned(p.mention.who.join(', '), p.mention.severity),
    [words.onCall]: words.takeWithin(p.onCall.severity, durationText(p.onCall.takeWithin)),
    '`policies/vulnerabilities.md`': mendingText(p.vulnerabilities),
    [words.approveWithin]: durationText(p.approveWithin),
    [words.confirmWithin]: durationText(p.confirmWithin),
    [words.budget]: words.perHour(p.budgets.creationsPerHour, p.budgets.creationsPerMinute),
    [words.placeholders]: Object.entries(p.placeholders)
      .map(([name, values]) => `${name} (${values.length})`)
      .join(', '),
  });
  const before = Object.entries(told(previous));
  const after = new Map(Object.entries(told(next)));
  const settings = before.flatMap(([name, old]): PolicyChange[] => {
    const now = after.get(name) ?? '';
    return now === old ? [] : [{ level: 'notice', sentence: words.changesList(name, inCode(old), inCode(now)) }];
  });
  if (previous.description === next.description) return settings;
  return [...settings, { level: 'notice', sentence: words.description }];
}

/** As the setting is written. */
function quietText({ on, digestBelow, issuesADay, baselineDays, adopt }: Policy['quiet']): string {
  const given = { digest_below: digestBelow, issues_a_day: issuesADay, baseline_days: baselineDays, adopt };
  return on ? canonicalJson(given) : 'off';
}

/** The rota is a page to read: only that it is another. */
function rotaChanges(previous: Policy, next: Policy, words: Words): PolicyChange[] {
  const told = ({ onCall: { rota } }: Policy) => {
    const plain = <Entry extends { origin: Origin }>(entries: Entry[]) => entries.map((one) => contentOf(one));
    if (!rota) return '';
    const { timeZone, start, rotation, overrides, away } = rota;
    return canonicalJson([timeZone, start, plain(rotation), plain(overrides), plain(away)]);
  };
  if (told(previous) === told(next)) return [];
  const { rota } = next.onCall;
  if (!rota) return [{ level: 'warning', sentence: words.noRota }];
  const names = rota.rotation.map(({ login }) => inCode(login)).join(', ');
  return [{ level: 'notice', sentence: words.rota(names), origin: rota.origin }];
}

/** Detections by file; what is taken away is no longer seen. */
function detectionChanges(previous: Policy, next: Policy, words: Words): PolicyChange[] {
  const before = new Map(previous.detections.map(({ path, text }) => [path, text]));
  const after = new Map(next.detections.map(({ path, text }) => [path, text]));
  const told = (level: PolicyChange['level'], verb: 'adds' | 'changes' | 'removes', path: string): PolicyChange => {
    return { level, sentence: words[verb](words.detections, inCode(path)) };
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
  words: Words,
  what: 'severityFloor' | 'verdictRule' | 'notificationChannel' | 'playbook' | 'contextOf',
  previous: readonly Rule[],
  next: readonly Rule[],
  nameOf: (rule: Rule) => string,
): PolicyChange[] {
  const before = new Map(previous.map((rule) => [contentOf(rule), rule]));
  const after = new Map(next.map((rule) => [contentOf(rule), rule]));
  const added = [...after].flatMap(([content, rule]) => (before.has(content) ? [] : [rule]));
  const removed = [...before].flatMap(([content, rule]) => (after.has(content) ? [] : [rule]));
  const names = (rules: Rule[]) => new Set(rules.map(nameOf));
  const level = what === 'verdictRule' ? 'warning' : 'notice';
  return [
    ...added.map((rule): PolicyChange => {
      const verb = names(removed).has(nameOf(rule)) ? 'changes' : 'adds';
      return { level, sentence: words[verb](words[what], inCode(nameOf(rule))), origin: rule.origin };
    }),
    ...removed
      .filter((rule) => !names(added).has(nameOf(rule)))
      .map((rule): PolicyChange => ({ level: 'notice', sentence: words.removes(words[what], inCode(nameOf(rule))) })),
  ];
}

function contentOf(rule: { origin: Origin }): string {
  return canonicalJson({ ...rule, origin: undefined });
}
