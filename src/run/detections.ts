import { Engine } from '../detect/engine.ts';
import { loadPipelines } from '../detect/load-pipelines.ts';
import { readRules } from '../detect/read-rules.ts';
import type { DetectionFile, Policy } from '../domain/policy.ts';
import type { Detections } from '../ports/detections.ts';
import { LiveCorrelations } from './live-correlations.ts';

/** Problems of rules that are written to the log by name; the check of the config repository shows all. */
const mostLogged = 5;

/** Rests between two looks at windows that no event closes, in milliseconds. */
const lookMs = 60_000;

/** Rules of one version of the config repository. */
interface Compiled {
  from: readonly DetectionFile[];
  engine: Engine;
  correlations: LiveCorrelations;
}

/** Runs the rules of the policy in force. They are compiled when an event first meets them, and kept while they are in force. */
export function createDetections(log: (sentence: string) => void): Detections {
  const pipelines = loadPipelines();
  let made: Compiled | undefined;
  let looked = 0;

  function compiled({ detections, placeholders, commit }: Policy): Compiled {
    if (made?.from !== detections) {
      const { rules, correlations, problems } = readRules(detections, {
        placeholders: new Map(Object.entries(placeholders)),
      });
      const live = new LiveCorrelations(rules, correlations);
      made = { from: detections, engine: new Engine(rules, pipelines), correlations: live };
      if (detections.length > 0) log(summary(commit, rules.length + correlations.length, problems));
    }
    return made;
  }

  return {
    match(events, policy) {
      if (events.length === 0) return [];
      const { engine } = compiled(policy);
      return events.map(({ event, logsource }) => engine.match(event, logsource));
    },
    async correlate(tx, policy, matched, now) {
      const { correlations } = compiled(policy);
      if (!correlations.any) return [];
      if (now.getTime() - looked >= lookMs) {
        looked = now.getTime();
        await correlations.tidy(tx, now);
      }
      return await correlations.take(tx, matched, now);
    },
    due(policy) {
      if (policy.detections.length === 0 || !compiled(policy).correlations.any) return undefined;
      return new Date(looked + lookMs);
    },
    forget() {
      made?.correlations.forget();
    },
  };
}

function summary(commit: string, rules: number, problems: { path: string; line: number; reason: string }[]): string {
  const shown = problems.slice(0, mostLogged).map(({ path, line, reason }) => `${path}:${line}: ${reason}`);
  const more = problems.length > shown.length ? ` and ${problems.length - shown.length} more` : '';
  const bad = problems.length === 0 ? '' : `; not used: ${shown.join(' ')}${more}`;
  return `Detections of ${commit.slice(0, 12)}: ${rules} rules and correlations${bad}`;
}
