import type { CorrelationDocument } from './read-rules.ts';
import type { Correlation, Rule, RuleHead, RuleProblem } from './rule.ts';
import type { YamlDocument } from './yaml-documents.ts';

interface Reading {
  rules: Rule[];
  correlations: CorrelationDocument[];
  problems: RuleProblem[];
  documents: Map<RuleHead, YamlDocument>;
}

/** Correlations of correlations, at most; what one match sets off goes through all of them. */
const deepest = 50;
const tooDeep = `Correlations are built on each other more than ${deepest} deep.`;

/**
 * Looks up what correlations name, by id or name, in every file. One that names what is not there, or itself through
 * others, becomes a problem and is left out, and so is whatever builds on it. What a correlation names is silenced
 * unless it, or another that names it too, says `generate` (correlation specification, "Generate").
 */
export function resolveCorrelations(reading: Reading): Correlation[] {
  const documents = new Map<string, CorrelationDocument>();
  const rules = new Map<string, Rule>();
  for (const rule of reading.rules) for (const key of keysOf(rule)) rules.set(key, rule);
  for (const document of reading.correlations) for (const key of keysOf(document.head)) documents.set(key, document);
  const done = new Map<CorrelationDocument, Correlation | undefined>();
  const open = new Set<CorrelationDocument>();
  const depths = new Map<Rule | Correlation, number>();
  const heard = new Set<Rule | Correlation>();

  const refuse = (document: CorrelationDocument, reason: string): undefined => {
    const { head } = document;
    const line = document.document.lineOf(['correlation', 'rules']);
    reading.problems.push({ path: head.path, line, ruleId: head.id, state: 'error', reason });
    return undefined;
  };

  const resolve = (document: CorrelationDocument): Correlation | undefined => {
    if (done.has(document)) return done.get(document);
    open.add(document);
    const correlation = link(document);
    open.delete(document);
    done.set(document, correlation);
    return correlation;
  };

  const link = (document: CorrelationDocument): Correlation | undefined => {
    const { head, section } = document;
    const named = new Map<string, Rule | Correlation>();
    for (const name of section.rules) {
      const inner = documents.get(name);
      if (inner && open.size > deepest) return refuse(document, tooDeep);
      if (inner && open.has(inner)) return refuse(document, `The correlation comes back to itself through "${name}".`);
      const found = rules.get(name) ?? (inner && resolve(inner));
      if (!found) return refuse(document, `The correlation names "${name}", which is not there or cannot be used.`);
      named.set(name, found);
    }
    const aliases: Correlation['aliases'] = new Map();
    for (const [alias, fields] of section.aliases) {
      const unknown = [...fields.keys()].find((name) => !named.has(name));
      if (unknown !== undefined)
        return refuse(document, `The alias "${alias}" names "${unknown}", which is none of the correlation's rules.`);
      aliases.set(alias, new Map([...fields].map(([name, field]) => [named.get(name) as Rule | Correlation, field])));
    }
    const of = [...new Set(named.values())];
    const depth = 1 + Math.max(0, ...of.map((one) => depths.get(one) ?? 0));
    if (depth > deepest) return refuse(document, tooDeep);
    for (const one of of) {
      if (section.generate) heard.add(one);
      else one.silent = true;
    }
    const { generate: _, ...rest } = section;
    const correlation = { ...head, ...rest, rules: of, aliases, silent: false };
    depths.set(correlation, depth);
    reading.documents.set(correlation, document.document);
    return correlation;
  };

  const correlations = reading.correlations.map(resolve).filter((one) => one !== undefined);
  for (const one of heard) one.silent = false;
  return correlations;
}

function keysOf(head: { id: string; name?: string }): string[] {
  return [head.id, head.name ?? ''].filter((key) => key !== '');
}
