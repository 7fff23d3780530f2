import type { Placeholders } from './alternatives.ts';
import { type CorrelationSection, readCorrelation } from './read-correlation.ts';
import { readDetection, readLogsource } from './read-detection.ts';
import { applyFilters, type Filter, readFilter } from './read-filter.ts';
import { type Fault, type Fields, isFields, readHead, texts } from './read-head.ts';
import { resolveCorrelations } from './resolve-correlations.ts';
import type { Rule, RuleHead, RuleProblem, RuleSet, RuleWarning } from './rule.ts';
import { RuleBudget, ruleLimits } from './rule-weight.ts';
import { readDocuments, type YamlDocument } from './yaml-documents.ts';

/** A file of rules, and how a person names it. */
export interface RuleFile {
  path: string;
  text: string;
}

/** A correlation document before its references are looked up. */
export interface CorrelationDocument {
  head: RuleHead;
  section: CorrelationSection;
  document: YamlDocument;
}

/** Characters of a problem or warning. */
const longestSentence = 1_000;

/** Faults of one document that are told one by one. */
const mostFaults = 20;

const tooMuchBefore = (much: string) => `all rules together come to ${much}: use fewer of them.`;

/** What is gathered while files are read. */
class Reading {
  readonly rules: Rule[] = [];
  readonly correlations: CorrelationDocument[] = [];
  readonly filters: Filter[] = [];
  readonly problems: RuleProblem[] = [];
  readonly warnings: RuleWarning[] = [];
  readonly documents = new Map<RuleHead, YamlDocument>();
  /** Of all rules and filters together. */
  readonly budget = new RuleBudget(ruleLimits.all);
  private readonly ids = new Map<string, RuleHead>();
  private readonly names = new Map<string, RuleHead>();
  private readonly placeholders: Placeholders;

  constructor(placeholders: Placeholders) {
    this.placeholders = placeholders;
  }

  file({ path, text }: RuleFile): void {
    for (const read of readDocuments(text)) {
      if ('message' in read) this.problem({ path, line: read.line, id: '' }, read.message);
      else this.document(path, read);
    }
  }

  private document(path: string, read: YamlDocument): void {
    const { value: fields } = read;
    const at = { path, line: read.line };
    if (!isFields(fields)) {
      this.problem({ ...at, id: '' }, 'This document is no map.');
      return;
    }
    const faults: Fault[] = [];
    const head = readHead(fields, at, faults);
    this.alone('id', head.id, head, faults);
    this.alone('name', head.name ?? '', head, faults);
    const kinds = ['detection', 'correlation', 'filter'].filter((kind) => kind in fields);
    const [kind, other] = kinds;
    if (other) faults.push({ path: [other], message: `A document has either ${kind} or ${other}.` });
    this.body(fields, head, read, faults);
  }

  /** Ids and names are what others refer by: each may stand once. */
  private alone(key: 'id' | 'name', value: string, head: RuleHead, faults: Fault[]): void {
    if (value === '') return;
    const known = key === 'id' ? this.ids : this.names;
    const first = known.get(value);
    if (first)
      faults.push({
        path: [key],
        message: `The ${key} is that of "${first.title}" too (${first.path}:${first.line}).`,
      });
    else known.set(value, head);
  }

  private body(fields: Fields, head: RuleHead, read: YamlDocument, faults: Fault[]): void {
    if ('correlation' in fields) {
      const section = readCorrelation(fields, faults);
      if (!this.faulty(head, read, faults)) this.correlations.push({ head, section, document: read });
    } else if ('filter' in fields) {
      const filter = readFilter(fields, head, this.placeholders, faults);
      const much = this.budget.take(filter.weight);
      if (much) faults.push({ path: ['filter'], message: `With this filter ${tooMuchBefore(much)}` });
      const off = this.off(head, read, 'filter', filter.missing);
      if (this.faulty(head, read, faults) || off) return;
      this.filters.push({ ...filter, document: read });
      this.documents.set(head, read);
    } else this.rule(fields, head, read, faults);
  }

  private rule(fields: Fields, head: RuleHead, read: YamlDocument, faults: Fault[]): void {
    const logsource = readLogsource(fields, faults);
    if (this.budget.over) faults.push({ path: ['detection'], message: `Not read: ${tooMuchBefore(this.budget.over)}` });
    if (this.faulty(head, read, faults)) return;
    const detection = readDetection(fields.detection, 'detection', this.placeholders);
    const much = this.budget.take(detection.weight);
    faults.push(...detection.faults);
    if (much && faults.length === 0)
      faults.push({ path: ['detection'], message: `With this rule ${tooMuchBefore(much)}` });
    const off = this.off(head, read, 'rule', detection.missing);
    if (this.faulty(head, read, faults) || off || !detection.expression) return;
    const shown = texts(fields, 'fields', []);
    const rule = { ...head, logsource, expression: detection.expression, fields: shown, silent: false };
    this.rules.push(rule);
    this.documents.set(rule, read);
  }

  private off(head: RuleHead, read: YamlDocument, what: string, missing: readonly string[]): boolean {
    if (missing.length === 0) return false;
    const names = [...new Set(missing)].map((name) => `%${name}%`).join(', ');
    const reason = `The ${what} is switched off: nothing says what ${names} stands for.`;
    const line = read.lineOf([what === 'rule' ? 'detection' : 'filter']);
    this.problems.push({ path: head.path, line, ruleId: head.id, state: 'off', reason });
    return true;
  }

  private faulty(head: RuleHead, read: YamlDocument, faults: Fault[]): boolean {
    for (const { path, message } of faults.slice(0, mostFaults))
      this.problem({ ...head, line: read.lineOf(path) }, message);
    if (faults.length > mostFaults)
      this.problem(head, `${faults.length - mostFaults} more is wrong with this document.`);
    return faults.length > 0;
  }

  problem(at: { path: string; line: number; id: string }, reason: string): void {
    this.problems.push({ path: at.path, line: at.line, ruleId: at.id, state: 'error', reason });
  }
}

/** Sentences quote rules, which may be hostile: what goes to a terminal or a log is one line of what can be seen. */
function oneLine(sentence: string): string {
  const line = sentence.replace(/[\p{C}\p{Z}]+/gu, ' ');
  return line.length > longestSentence ? `${line.slice(0, longestSentence - 1)}…`.toWellFormed() : line;
}

/**
 * Reads rules, correlations and filters of any number of files; references between them hold across files. A document
 * that cannot be read, or asks what is not known, becomes a problem with file and line, and never takes another one
 * with it.
 */
export function readRules(files: Iterable<RuleFile>, options: { placeholders?: Placeholders } = {}): RuleSet {
  const reading = new Reading(options.placeholders ?? new Map());
  for (const file of files) reading.file(file);
  applyFilters(reading);
  const correlations = resolveCorrelations(reading);
  const { rules, documents } = reading;
  const problems = reading.problems.map((one) => ({ ...one, reason: oneLine(one.reason) }));
  const warnings = reading.warnings.map((one) => ({ ...one, message: oneLine(one.message) }));
  return { rules, correlations, problems, warnings, documents };
}
