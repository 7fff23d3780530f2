import { levels, type Rule, type RuleSet } from '../rule.ts';
import type { Finding } from './finding.ts';
import type { Form } from './normal-form.ts';
import { proves } from './proof.ts';
import { Shortlist } from './shortlist.ts';

/** Pairs of rules that are compared, of all log sources together; what is left out is not told. SigmaHQ has 17,000. */
const mostPairs = 50_000;

/** From this many narrower siblings on a rule is told that it is the broad one. */
const many = 3;

/** That every event `narrow` matches is matched by `broad` too. */
interface Covered {
  narrow: Rule;
  broad: Rule;
  /** It holds only where every field has one value. */
  single: boolean;
}

/**
 * Rules that add nothing beside a sibling of their log source, because it matches all their events with the same level or
 * a higher one; and rules that cover many siblings. Rules that only correlations ask are left out.
 */
export function siblings({ rules, documents }: RuleSet, forms: ReadonlyMap<Rule, Form>): Finding[] {
  const bySource = Map.groupBy(
    rules.filter(({ silent }) => !silent),
    ({ logsource: { category, product, service } }) => JSON.stringify([category, product, service]),
  );
  const left = { pairs: mostPairs };
  const covered = [...bySource.values()].flatMap((alike) => coveredIn(alike, forms, left));
  const lineOf = (rule: Rule) => documents.get(rule)?.lineOf(['detection']) ?? rule.line;
  return [...redundant(covered, lineOf), ...broad(covered, lineOf)];
}

function coveredIn(rules: readonly Rule[], forms: ReadonlyMap<Rule, Form>, left: { pairs: number }): Covered[] {
  const given = rules.flatMap((rule) => {
    const form = forms.get(rule);
    return form ? [{ rule, form }] : [];
  });
  const shortlist = new Shortlist(given);
  return given.flatMap(({ rule: narrow, form }) =>
    shortlist.broader(form).flatMap(({ rule: broad, form: goal }): Covered[] => {
      if (broad === narrow || left.pairs <= 0) return [];
      left.pairs -= 1;
      if (!proves(form, goal, { single: true })) return [];
      return [{ narrow, broad, single: !proves(form, goal, { single: false }) }];
    }),
  );
}

type LineOf = (rule: Rule) => number;

/** One finding a rule that a sibling of at least its level covers; of two that match the same the later one. */
function redundant(covered: readonly Covered[], lineOf: LineOf): Finding[] {
  const findings: Finding[] = [];
  const told = new Set<Rule>();
  const pairs = new Set(covered.map(({ narrow, broad }) => `${place(narrow)}\0${place(broad)}`));
  for (const { narrow, broad, single } of covered) {
    if (told.has(narrow) || rank(broad) < rank(narrow)) continue;
    const same = pairs.has(`${place(broad)}\0${place(narrow)}`);
    if (same && rank(broad) === rank(narrow) && place(narrow) < place(broad)) continue;
    told.add(narrow);
    const where = `"${broad.title}" (${broad.path}:${broad.line})`;
    const but = single ? ', as long as no field has several values' : '';
    const message = same
      ? `This rule matches the same events as ${where}${but}.`
      : `Every event this rule matches is matched by ${where} too, whose level is ${broad.level === narrow.level ? 'the same' : 'higher'}${but}.`;
    findings.push({ path: narrow.path, line: lineOf(narrow), ruleId: narrow.id, severity: 'warning', message });
  }
  return findings;
}

function broad(covered: readonly Covered[], lineOf: LineOf): Finding[] {
  return [...Map.groupBy(covered, (one) => one.broad)].flatMap(([rule, of]): Finding[] => {
    if (of.length < many) return [];
    const titles = of.slice(0, many).map(({ narrow }) => `"${narrow.title}"`);
    const rest = of.length > many ? ` and ${of.length - many} more` : '';
    const message = `This rule is broader than ${of.length} rules of its log source: it matches every event of ${titles.join(', ')}${rest}.`;
    return [{ path: rule.path, line: lineOf(rule), ruleId: rule.id, severity: 'warning', message }];
  });
}

function rank({ level }: Rule): number {
  return level === undefined ? 0 : levels.indexOf(level);
}

function place({ path, line }: Rule): string {
  return `${path}:${String(line).padStart(7, '0')}`;
}
