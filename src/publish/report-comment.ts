import { needsSomebodyNow } from '../domain/alert.ts';
import { titleIn } from '../domain/alert-title.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { atLeast } from '../domain/severity.ts';
import { doNextWords } from '../messages/do-next.ts';
import { issueWords } from '../messages/issue.ts';
import { listsWords } from '../messages/lists.ts';
import { reportWords } from '../messages/report.ts';
import { urgencyWords } from '../messages/urgency.ts';
import { verdictWords } from '../messages/verdicts.ts';
import { claimLine } from './claim-line.ts';
import { topAlert, urgency } from './headline.ts';
import { modelLine, strongest } from './model-comment.ts';
import { needsHuman } from './needs-human.ts';
import { nextStep } from './next-step.ts';
import { paragraph } from './paragraph.ts';
import { sentence } from './sentence.ts';
import { clause, code, prose } from './text.ts';
import { isModels, objection } from './verdict-line.ts';
import { fallbackLine, plantedLines } from './warnings.ts';

/** Whom the policy mentions for an incident, without `@`; nobody in observe mode. */
export function mentionedFor(
  incident: Pick<Incident, 'kind' | 'severity' | 'pressing'>,
  policy: Pick<Policy, 'mention' | 'mode'>,
): string[] {
  if (policy.mode === 'observe' || !needsSomebodyNow(incident)) return [];
  return atLeast(incident.severity, policy.mention.severity) ? policy.mention.who : [];
}

/** The line that mentions them, none when it is nobody. */
export function mentionLines(
  incident: Pick<Incident, 'kind' | 'severity' | 'pressing'>,
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string[] {
  const mentioned = mentionedFor(incident, policy);
  return mentioned.length === 0
    ? []
    : ['', reportWords(policy.language).forPeople(mentioned.map((who) => `@${who}`).join(' '))];
}

/**
 * The one comment that says the investigation is finished. Its first line stands alone: verdict, urgency, what to
 * type. Mentions are made here, and only of those whom the policy names.
 */
export function reportComment(
  view: IncidentView,
  done: { report: Report; evidence: Evidence[]; modelLooks?: boolean },
  recommendations: Recommendation[],
  policy: Pick<Policy, 'mention' | 'mode'>,
): string {
  const { report } = done;
  const { incident } = view;
  const { language } = view.policy;
  const next = nextStep(report, incident, recommendations, { mode: policy.mode, language });
  const lines = [
    paragraph(
      [
        isModels(report) ? modelLine(view, report) : firstLine(view, report, done.modelLooks),
        doNextWords(language).next(next),
      ],
      language,
    ),
  ];
  const warned = [...plantedLines(language, report.planted, 1), fallbackLine(report, language)].filter(
    (line) => line !== '',
  );
  if (warned.length > 0) lines.push('', warned.join('\n>\n'));
  const findings = report.assessment
    ? strongest(report, report.assessment, language)
    : report.claims.slice(0, 8).map(claimLine);
  const blind = done.evidence.filter((e) => e.outcome === 'could-not-look');
  const shownBlind = report.assessment ? 2 : 5;
  for (const e of blind.slice(0, shownBlind))
    findings.push(issueWords(language).couldNotLook(`${sentence(e.summary)} [${e.id}]`));
  if (findings.length > 0) lines.push('', ...findings);
  lines.push(...mentionLines(incident, { ...policy, language }));
  lines.push('', `<sub>${reportWords(language).foot(prose(report.playbook))}</sub>`);
  return lines.join('\n');
}

/** Without a model, or where policy gave the verdict. */
function firstLine(view: IncidentView, report: Report, modelLooks = false): string {
  const { severity } = view.incident;
  const { language } = view.policy;
  const words = reportWords(language);
  const { sign, soon } = urgency(view.incident, report);
  const top = topAlert(view);
  const what = top ? listsWords(language).sentence(code(titleIn(top, language), 120)) : '';
  const noModel = modelLooks ? words.modelYet : words.noModel;
  const without = report.fallback === undefined ? noModel : words.modelSilent;
  if (report.verdict === 'not-assessed')
    return paragraph([`${sign} ${words.notAssessed(urgencyWords(language)[soon], without, severity)}`, what], language);
  const seen = needsHuman(report, view.incident) ? sign : '⚪';
  const because = report.because === undefined ? words.byPolicy : clause(report.because);
  const said = `${seen} ${words.likely(verdictWords(language)[report.verdict], severity, because)}`;
  return paragraph([said, objection(report, language), what], language);
}
