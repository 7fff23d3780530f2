import type { IncidentView } from '../domain/incident-view.ts';
import { verdictText } from '../domain/verdict.ts';
import { needsHuman } from './needs-human.ts';

export interface Label {
  name: string;
  color: string;
  description: string;
}

const severityColors: Record<string, string> = {
  critical: 'b60205',
  high: 'd93f0b',
  medium: 'fbca04',
  low: 'c2e0c6',
  informational: 'ededed',
  unknown: 'ededed',
};

/** Every label Yagura manages begins with one of these, or is one of the fixed ones. */
const fixed: Label[] = [
  { name: 'incident', color: '1d76db', description: 'One story of one or more alerts, kept by Yagura' },
  { name: 'needs: approval', color: '5319e7', description: 'A recommendation waits for a person with the right' },
  { name: 'needs: verdict', color: '5319e7', description: 'Closed without a verdict' },
  {
    name: 'needs: human',
    color: '5319e7',
    description: 'Judge for yourself: planted instructions, or the model and others disagree',
  },
];
const prefixes = ['severity: ', 'verdict: ', 'kind: '];

/** Whether a label is ours to put on and take off. */
export function isManaged(name: string): boolean {
  return fixed.some((label) => label.name === name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** The few labels of an incident, one of each kind. */
export function labelsOf(view: IncidentView): Label[] {
  const { incident } = view;
  const labels = [fixed[0], severityLabel(incident.severity)];
  if (incident.kind !== 'threat')
    labels.push({ name: `kind: ${incident.kind}`, color: 'bfd4f2', description: 'What kind of alert this is' });
  const proposed = view.report?.verdict;
  if (incident.verdictBy) labels.push(verdictLabel(verdictText(incident.verdict)));
  else if (proposed && proposed !== 'not-assessed') labels.push(verdictLabel(`${verdictText(proposed)}?`));
  const dryRun = view.policy.mode === 'observe' || view.policy.mode === 'recommend';
  const waits = !dryRun && view.recommendations.some((r) => r.status === 'open');
  if (incident.status === 'open' && waits) labels.push(fixed[1]);
  if (incident.status === 'closed' && incident.verdict === 'not-assessed' && !incident.settled) labels.push(fixed[2]);
  if (incident.status === 'open' && !incident.verdictBy && needsHuman(view.report, incident)) labels.push(fixed[3]);
  return labels.filter((label) => label !== undefined);
}

/** The label of a severity. */
function severityLabel(severity: string): Label {
  return {
    name: `severity: ${severity}`,
    color: severityColors[severity] ?? 'ededed',
    description: 'Severity after the policy floors',
  };
}

function verdictLabel(text: string): Label {
  return { name: `verdict: ${text}`, color: '0e8a16', description: 'With ? proposed, without confirmed by a person' };
}
