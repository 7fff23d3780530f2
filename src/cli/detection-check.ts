import { checkRules } from '../detect/check/check-rules.ts';
import type { Finding } from '../detect/check/finding.ts';
import { runFixtures } from '../detect/fixtures.ts';
import { loadPipelines } from '../detect/load-pipelines.ts';
import { readRules } from '../detect/read-rules.ts';
import type { PolicyProblem } from '../domain/policy.ts';
import { attackVersion, techniques } from '../investigate/attack/techniques.ts';
import type { DetectionCheck, DetectionReport } from '../policy/detection-check.ts';

/** Characters of a message: rules quote themselves, and may be hostile. */
const longest = 600;

/** What to do about a rule that waits for a placeholder. */
const howToFill = 'Say it under "placeholders" in yagura.md, or with "placeholder" in a file below context/.';

/** Tactics that rules name already and the table does not: ATT&CK v19 made them of defense evasion. */
const laterTactics = ['stealth', 'defense-impairment'];

/** Checks detections with the Sigma engine. What is asked for again unchanged is answered from memory. */
export function createDetectionCheck(): DetectionCheck {
  const pipelines = loadPipelines();
  const tactics = new Set([...techniques.values()].flatMap((technique) => technique.tactics));
  for (const tactic of laterTactics) tactics.add(tactic);
  const attack = { version: attackVersion, techniques, tactics };
  let last: { asked: string; report: DetectionReport } | undefined;

  return (files, placeholders) => {
    const asked = JSON.stringify([files, placeholders]);
    if (last?.asked !== asked) {
      const rules = readRules(files, { placeholders: new Map(Object.entries(placeholders)) });
      const findings = [...checkRules(rules, { attack, pipelines }), ...runFixtures(rules, pipelines)];
      last = { asked, report: reportOf(rules, findings) };
    }
    return { problems: [...last.report.problems], warnings: [...last.report.warnings] };
  };
}

function reportOf({ problems, warnings }: ReturnType<typeof readRules>, findings: readonly Finding[]): DetectionReport {
  const read = problems.map(({ path, line, state, reason }) => ({
    path,
    line,
    message: state === 'off' ? `${reason} ${howToFill}` : reason,
    fatal: state === 'error',
  }));
  const all = [
    ...read,
    ...warnings.map((one) => ({ ...one, fatal: false })),
    ...findings.map((one) => ({ ...one, fatal: one.severity === 'error' })),
  ];
  const told = (fatal: boolean) => all.filter((one) => one.fatal === fatal).map(problemOf);
  return { problems: told(true), warnings: told(false) };
}

function problemOf({ path, line, message }: PolicyProblem): PolicyProblem {
  const clean = message.replace(/[\p{C}\p{Z}\s]+/gu, ' ');
  return { path, line, message: clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean };
}
