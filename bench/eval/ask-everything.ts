import { canonicalJson, sha256 } from '../../src/domain/canonical.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { type InvestigationInput, investigateDeterministically } from '../../src/investigate/deterministic.ts';
import { type EvalInvestigator, usageOf } from './eval-investigator.ts';

/**
 * Asks every question the tools take and cites every answer: a fact it misses is one that nobody can find, and which the
 * truth must not ask for. It says nothing of its own.
 */
export const everythingAsked: EvalInvestigator = {
  name: 'everything-asked',
  readsOnly: true,
  async investigate(incident) {
    const evidence = await answers(incident);
    const { report } = await investigateDeterministically({ ...incident, tools: new Map() });
    const claims = evidence.map(({ id }) => ({ text: ['asked'], evidence: [id] }));
    return { report: { ...report, claims }, evidence, usage: usageOf(undefined) };
  },
};

async function answers(incident: InvestigationInput): Promise<Evidence[]> {
  const records: Evidence[] = [];
  for (const tool of incident.tools.values())
    for (const query of questions(tool.each, incident)) {
      const args = tool.args.safeParse(query);
      if (!args.success) continue;
      const answer = await tool.run(args.data, incident);
      const hash = sha256(canonicalJson([tool.name, query, answer.outcome]));
      const id = `E${records.length + 1}`;
      records.push({ ...answer, id, incidentId: incident.incident.id, tool: tool.name, query, at: incident.now, hash });
    }
  return records;
}

function questions(each: 'entity' | 'incident' | 'alert', { entities, alerts }: InvestigationInput) {
  if (each === 'incident') return [{}];
  if (each === 'alert') return alerts.map(({ id }) => ({ alert: id }));
  return entities.map(({ type, value }) => ({ entity: { type, value } }));
}
