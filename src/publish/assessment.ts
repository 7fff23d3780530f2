import type { IncidentView } from '../domain/incident-view.ts';
import { type Severity, severities, severityId } from '../domain/severity.ts';
import { assessmentWords } from '../messages/assessment.ts';
import { listsWords } from '../messages/lists.ts';
import { brief } from './brief.ts';
import { claimText } from './claim-line.ts';
import { modelContradicts } from './needs-human.ts';
import { paragraph } from './paragraph.ts';
import { isModels, modelVerdict } from './verdict-line.ts';

/** What the model makes of it in a line or two: the likeliest reading, why, and what it would raise. */
export function assessment(view: IncidentView): string {
  const said = view.report?.assessment;
  if (!said) return '';
  const { language } = view.policy;
  const words = assessmentWords(language);
  const [likeliest] = said.hypotheses;
  const because = claimText(said.because);
  const parts = [
    likeliest ? listsWords(language).sentence(brief(likeliest.statement, 300)) : '',
    verdictUnlessFirst(view),
    because === '' ? '' : words.why(because),
  ].filter((part) => part !== '');
  const lines =
    parts.length > 0
      ? [
          (modelVerdict(said, language) === undefined ? words.undecidedReading : words.likeliestReading)(
            paragraph(parts, language),
          ),
        ]
      : [];
  return [...lines, ...raise(view)].join('\n');
}

/** The first line has it already, unless a person or policy stands there. */
function verdictUnlessFirst(view: IncidentView): string {
  const said = view.report?.assessment;
  const verdict = said && modelVerdict(said, view.policy.language);
  const { report, incident } = view;
  const first = report && (isModels(report) || modelContradicts(report)) && !incident.verdictBy;
  return (first && incident.status === 'open') || verdict === undefined
    ? ''
    : assessmentWords(view.policy.language).modelSays(verdict);
}

/** A proposal to raise the severity, with what to type. */
function raise(view: IncidentView): string[] {
  const proposal = proposedSeverity(view);
  if (!proposal || proposal.by <= 0 || view.incident.status !== 'open') return [];
  const because = proposal.because === '' ? '' : `: ${proposal.because}`;
  return [`${assessmentWords(view.policy.language).raise(proposal.to)}${because}`];
}

/** A proposal to lower it: something to read, never something to type. */
export function loweredSeverity(view: IncidentView): string {
  const proposal = proposedSeverity(view);
  if (!proposal || proposal.by >= 0 || proposal.to === 'unknown') return '';
  const because = proposal.because === '' ? '' : `: ${proposal.because}`;
  return `${assessmentWords(view.policy.language).lower(proposal.to, view.incident.severity)}${because}`;
}

function proposedSeverity(view: IncidentView): { to: Severity; by: number; because: string } | undefined {
  const proposal = view.report?.assessment?.severity;
  if (!proposal || !severities.includes(proposal.proposed)) return undefined;
  const by = severityId(proposal.proposed) - severityId(view.incident.severity);
  return { to: proposal.proposed, by, because: claimText(proposal.because) };
}
