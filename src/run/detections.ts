import { Engine } from '../detect/engine.ts';
import { loadPipelines } from '../detect/load-pipelines.ts';
import { readRules } from '../detect/read-rules.ts';
import type { DetectionFile, Policy } from '../domain/policy.ts';
import type { Detect } from '../ports.ts';

/** Problems of rules that are written to the log by name; the check of the config repository shows all. */
const mostLogged = 5;

/** Runs the rules of the policy in force. They are compiled when an event first meets them, and kept while they are in force. */
export function createDetections(log: (sentence: string) => void): Detect {
  const pipelines = loadPipelines();
  let made: { from: readonly DetectionFile[]; engine: Engine } | undefined;

  function engineOf({ detections, commit }: Policy): Engine {
    if (made?.from !== detections) {
      const { rules, problems } = readRules(detections);
      made = { from: detections, engine: new Engine(rules, pipelines) };
      if (detections.length > 0) log(summary(commit, rules.length, problems));
    }
    return made.engine;
  }

  return (events, policy) => {
    if (events.length === 0) return [];
    const engine = engineOf(policy);
    return events.map(({ event, logsource }) => engine.match(event, logsource));
  };
}

function summary(commit: string, rules: number, problems: { path: string; line: number; reason: string }[]): string {
  const shown = problems.slice(0, mostLogged).map(({ path, line, reason }) => `${path}:${line}: ${reason}`);
  const more = problems.length > shown.length ? ` and ${problems.length - shown.length} more` : '';
  const bad = problems.length === 0 ? '' : `; not used: ${shown.join(' ')}${more}`;
  return `Detections of ${commit.slice(0, 12)}: ${rules} rules${bad}`;
}
