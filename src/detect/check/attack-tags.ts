import type { RuleHead, RuleSet } from '../rule.ts';
import type { Finding } from './finding.ts';

/** What is known of ATT&CK; the engine itself ships no table. */
export interface AttackTable {
  /** How the sentence names it: `ATT&CK v18`. */
  version: string;
  /** By id, such as `T1059.004`. */
  techniques: ReadonlyMap<string, { name: string; revoked: boolean; replacedBy?: string }>;
  /** Short names, such as `initial-access`. */
  tactics: ReadonlySet<string>;
}

const techniqueForm = /^t\d{4}(?:\.\d{3})?$/;
/** Groups, software, campaigns, mitigations, data sources: no table of them is kept. */
const otherForm = /^(?:g|s|c|m|ds|da|dc)\d{4}$/;

/**
 * Tags of the ATT&CK namespace (appendix of tags). A technique with a number above all of the table is of a later version
 * of ATT&CK: told once, as a warning.
 */
export function attackTags({ documents }: RuleSet, table: AttackTable): Finding[] {
  const newest = Math.max(0, ...[...table.techniques.keys()].map(numberOf));
  const later = new Map<string, { head: RuleHead; index: number; rules: number }>();
  const findings: Finding[] = [];
  for (const [head, document] of documents) {
    for (const [index, tag] of head.tags.entries()) {
      const name = /^attack\.(.*)$/s.exec(tag.toLowerCase())?.[1];
      if (name === undefined || otherForm.test(name)) continue;
      const id = name.toUpperCase();
      if (techniqueForm.test(name) && !table.techniques.has(id) && numberOf(id) > newest) {
        const first = later.get(id) ?? { head, index, rules: 0 };
        later.set(id, { ...first, rules: first.rules + 1 });
        continue;
      }
      const message = techniqueForm.test(name) ? techniqueFault(id, table) : tacticFault(name, table);
      if (message !== undefined)
        findings.push({ ...at(head, document.lineOf(['tags', index])), severity: 'error', message });
    }
  }
  for (const [id, { head, index, rules }] of later) {
    const line = documents.get(head)?.lineOf(['tags', index]) ?? head.line;
    const all = rules === 1 ? '' : ` (${rules} rules name it)`;
    const message = `${id} is of a later version than ${table.version}, the one that is known here${all}.`;
    findings.push({ ...at(head, line), severity: 'warning', message });
  }
  return findings;
}

function techniqueFault(id: string, { techniques, version }: AttackTable): string | undefined {
  const technique = techniques.get(id);
  if (!technique) {
    const parent = techniques.get(id.slice(0, 5));
    const hint = parent && id.length > 5 ? ` ${id.slice(0, 5)} is "${parent.name}".` : '';
    return `${id} is no technique of ${version}.${hint}`;
  }
  if (!technique.revoked) return undefined;
  const instead = technique.replacedBy === undefined ? '' : ` Its successor is ${technique.replacedBy}.`;
  return `${id} ("${technique.name}") was taken out of ATT&CK.${instead}`;
}

function tacticFault(name: string, { tactics, version }: AttackTable): string | undefined {
  if (tactics.has(name)) return undefined;
  const dashed = name.replaceAll('_', '-');
  if (tactics.has(dashed)) return `Tactics are written with dashes: attack.${dashed}.`;
  return `"${name}" is neither a technique nor a tactic of ${version}. Tactics: ${[...tactics].sort().join(', ')}.`;
}

function numberOf(id: string): number {
  return Number(id.slice(1, 5));
}

function at({ path, id }: RuleHead, line: number): Pick<Finding, 'path' | 'line' | 'ruleId'> {
  return { path, line, ruleId: id };
}
