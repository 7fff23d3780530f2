import type { Language } from '../../domain/locale.ts';
import { quotedWords } from '../../messages/quoted.ts';
import { at, listAt, textAt } from '../fields/at.ts';

/** What an edit did to a ruleset: what is weaker for certain, and what changed in a way that GitHub does not tell. */
export interface RulesetEdit {
  /** It is not enforced any more. */
  off: boolean;
  weaker: string[];
  unclear: string[];
}

/** Changes that are named, of each kind. */
const mostNamed = 20;

/** How strongly a ruleset holds; `evaluate` only watches. */
const enforcements = ['disabled', 'evaluate', 'active'];

/**
 * `changes` has what was there before, `ruleset` what is there now:
 * https://docs.github.com/webhooks/webhook-events-and-payloads#repository_ruleset
 */
export function editOf(ruleset: unknown, changes: unknown, language: Language): RulesetEdit {
  const words = quotedWords(language);
  const before = enforcements.indexOf(textAt(changes, 'enforcement.from') ?? '');
  const now = enforcements.indexOf(textAt(ruleset, 'enforcement') ?? '');
  const off = before > now && now >= 0;
  const deleted = listAt(changes, 'rules.deleted').map((rule) => words.ruleGone(nameOf(rule)));
  const updated = listAt(changes, 'rules.updated');
  const lost = updated.filter(reviewsLost).map(() => words.less(words.required_approving_review_count));
  const conditions = listAt(changes, 'conditions.updated').flatMap((one) => coverageLost(one, language));
  const gone = listAt(changes, 'conditions.deleted').map(() => words.conditionGone);
  return {
    off,
    weaker: [
      ...(off ? [words.notEnforced(enforcements[now] ?? '')] : []),
      ...[...deleted, ...lost, ...conditions].slice(0, mostNamed),
    ],
    unclear: [
      ...updated.filter((one) => !reviewsLost(one)).map((one) => words.ruleChanged(nameOf(at(one, 'rule')))),
      ...gone,
    ].slice(0, mostNamed),
  };
}

/** Whether it holds the default branch; a ruleset that does not say which branches holds all of them. */
export function coversDefault(ruleset: unknown, defaultBranch: string | undefined): boolean {
  if ((textAt(ruleset, 'target') ?? 'branch') !== 'branch') return false;
  const include = listAt(ruleset, 'conditions.ref_name.include');
  const names = ['~DEFAULT_BRANCH', '~ALL', `refs/heads/${defaultBranch ?? 'main'}`];
  return include.length === 0 || include.some((one) => names.includes(String(one)));
}

function nameOf(rule: unknown): string {
  return (textAt(rule, 'type') ?? 'a rule').replaceAll('_', ' ').slice(0, 60);
}

/** Fewer approvals than before; GitHub writes the earlier parameters as a text of JSON. */
function reviewsLost(updated: unknown): boolean {
  const key = 'required_approving_review_count';
  const before = Number(textAt(parsed(textAt(updated, 'changes.configuration.from')), key));
  const now = Number(textAt(updated, `rule.parameters.${key}`));
  return before > now;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined || text.length > 10_000 ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function coverageLost(updated: unknown, language: Language): string[] {
  const words = quotedWords(language);
  const now = (list: string) => new Set(listAt(updated, `condition.ref_name.${list}`).map(String));
  const before = (list: string) => listAt(updated, `changes.${list}.from`).map(String);
  const included = before('include').filter((one) => !now('include').has(one));
  const known = new Set(before('exclude'));
  const told = at(updated, 'changes.exclude.from') !== undefined;
  const excluded = told ? [...now('exclude')].filter((one) => !known.has(one)) : [];
  return [
    ...included.map((one) => words.uncovered(one.slice(0, 100))),
    ...excluded.map((one) => words.leftOut(one.slice(0, 100))),
  ];
}
