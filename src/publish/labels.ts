import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import { verdictText } from '../domain/verdict.ts';
import { labelsWords } from '../messages/labels.ts';
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
const fixed = {
  incident: { name: 'incident', color: '1d76db' },
  approval: { name: 'needs: approval', color: '5319e7' },
  verdict: { name: 'needs: verdict', color: '5319e7' },
  human: { name: 'needs: human', color: '5319e7' },
};
const prefixes = ['severity: ', 'verdict: ', 'kind: '];

/** Whether a label is ours to put on and take off. */
export function isManaged(name: string): boolean {
  return (
    Object.values(fixed).some((label) => label.name === name) || prefixes.some((prefix) => name.startsWith(prefix))
  );
}

/** The few labels of an incident, one of each kind. */
export function labelsOf(view: IncidentView): Label[] {
  const { incident } = view;
  const { language } = view.policy;
  const words = labelsWords(language);
  const own = (which: keyof typeof fixed): Label => ({ ...fixed[which], description: words[which] });
  const labels = [own('incident'), severityLabel(incident.severity, language)];
  if (incident.kind !== 'threat')
    labels.push({ name: `kind: ${incident.kind}`, color: 'bfd4f2', description: words.kind });
  const proposed = view.report?.verdict;
  if (incident.verdictBy) labels.push(verdictLabel(verdictText(incident.verdict), language));
  else if (proposed && proposed !== 'not-assessed') labels.push(verdictLabel(`${verdictText(proposed)}?`, language));
  const dryRun = view.policy.mode === 'observe' || view.policy.mode === 'recommend';
  const waits = !dryRun && view.recommendations.some((r) => r.status === 'open');
  if (incident.status === 'open' && waits) labels.push(own('approval'));
  if (incident.status === 'closed' && incident.verdict === 'not-assessed' && !incident.settled)
    labels.push(own('verdict'));
  if (incident.status === 'open' && !incident.verdictBy && needsHuman(view.report, incident)) labels.push(own('human'));
  return labels;
}

/** The label of a severity. */
function severityLabel(severity: string, language: Language): Label {
  return {
    name: `severity: ${severity}`,
    color: severityColors[severity] ?? 'ededed',
    description: labelsWords(language).severity,
  };
}

function verdictLabel(text: string, language: Language): Label {
  return { name: `verdict: ${text}`, color: '0e8a16', description: labelsWords(language).given };
}
