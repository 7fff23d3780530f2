import type { RuleSet } from '../rule.ts';
import type { Finding } from './finding.ts';

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** A rule is known by its id in alerts, filters and policies: it should have one, and a UUID is nobody else's. */
export function ids({ documents }: RuleSet): Finding[] {
  const findings: Finding[] = [];
  for (const [{ id, path, line }, document] of documents) {
    if (id === '') {
      const message = 'The rule has no id: alerts, filters and policies could not name it. Give it a random UUID.';
      findings.push({ path, line, ruleId: id, severity: 'warning', message });
    } else if (!uuid.test(id)) {
      const message = `The id "${id}" is no UUID, so that another rule may have the same.`;
      findings.push({ path, line: document.lineOf(['id']), ruleId: id, severity: 'warning', message });
    }
  }
  return findings;
}
