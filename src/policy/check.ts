import type { Policy, PolicyProblem } from '../domain/policy.ts';
import { policyCheckWords } from '../messages/policy-check.ts';
import type { Annotation, CheckRun } from '../ports/forge.ts';
import { changes } from './changes.ts';
import type { PolicyChange } from './policy-change.ts';
import { safeDefaults } from './safe-defaults.ts';

/** Characters of the summary, GitHub's 65,535 with room to spare; annotations, 50 a request. */
export const checkLimits = { summary: 60_000, annotations: 500 } as const;

/** What a check run says, without the name and commit it belongs to. */
export type CheckContent = Required<Pick<CheckRun, 'status' | 'conclusion' | 'title' | 'summary' | 'annotations'>>;

/**
 * The check of one commit of the config repository: what is wrong and on which line, or what merging it would change
 * against the policy in force (safe defaults when there is none). Warnings are shown and change nothing. Always completed.
 */
export function checkRunOf(
  problems: readonly PolicyProblem[],
  policy?: Policy,
  previous?: Policy,
  warnings: readonly PolicyProblem[] = [],
): CheckContent {
  const words = policyCheckWords((policy ?? previous)?.language ?? 'en');
  if (problems.length > 0 || !policy) return withWarnings(brokenCheck(problems, previous, words), warnings, words);
  const found = changes(previous ?? safeDefaults(policy.repository), policy);
  const good: CheckContent = {
    status: 'completed',
    conclusion: 'success',
    title: found.length === 0 ? words.goodNothing : words.goodChanges(found.length),
    summary: goodSummary(found, words),
    annotations: found.flatMap((change) => warningOf(change, words)).slice(0, checkLimits.annotations),
  };
  return withWarnings(good, warnings, words);
}

/** As much of the warnings as there is room for below the rest. */
type Words = ReturnType<typeof policyCheckWords>;

function withWarnings(content: CheckContent, warnings: readonly PolicyProblem[], words: Words): CheckContent {
  if (warnings.length === 0) return content;
  const room = Math.max(500, checkLimits.summary - content.summary.length - 200);
  const counted = words.warnings(warnings.length);
  const head = words.warningsHead(counted);
  const shown = warnings.map(({ path, line, message }): Annotation => ({ path, line, level: 'warning', message }));
  return {
    ...content,
    title: words.titleAnd(content.title, counted),
    summary: `${content.summary}${head}\`\`\`text\n${fitted(warnings.map(problemLine), room, words)}\n\`\`\`\n`,
    annotations: [...content.annotations, ...shown].slice(0, checkLimits.annotations),
  };
}

function brokenCheck(problems: readonly PolicyProblem[], previous: Policy | undefined, words: Words): CheckContent {
  const inForce = previous ? `\`${previous.commit.slice(0, 12)}\`` : words.lastGood;
  const head = words.broken(inForce);
  return {
    status: 'completed',
    conclusion: 'failure',
    title: problems.length === 0 ? words.unreadable : words.problems(problems.length),
    // In a code block, so that nothing out of a file is read as markdown.
    summary: `${head}\`\`\`text\n${fitted(problems.map(problemLine), checkLimits.summary - head.length - 200, words)}\n\`\`\`\n`,
    annotations: problems
      .slice(0, checkLimits.annotations)
      .map(({ path, line, message }): Annotation => ({ path, line, level: 'failure', message })),
  };
}

function goodSummary(found: readonly PolicyChange[], words: Words): string {
  if (found.length === 0) return words.nothing;
  const lines = (level: PolicyChange['level']) =>
    found.filter((change) => change.level === level).map(({ sentence }) => `- ${sentence}`);
  const warnings = lines('warning');
  const parts = [
    { title: words.lookTwice, items: warnings },
    { title: warnings.length > 0 ? words.also : words.merging, items: lines('notice') },
  ].filter(({ items }) => items.length > 0);
  const room = checkLimits.summary / parts.length - 200;
  return `${parts.map(({ title, items }) => `${title}\n\n${fitted(items, room, words)}`).join('\n\n')}\n`;
}

function warningOf({ level, sentence, origin }: PolicyChange, words: Words): Annotation[] {
  if (level !== 'warning' || !origin) return [];
  return [{ ...origin, level: 'warning', message: words.annotation(sentence.replaceAll('`', '')) }];
}

/** `policies/response.md:12: …` */
export function problemLine({ path, line, message }: PolicyProblem): string {
  return `${path}:${line}: ${message}`.replace(/[\p{C}\p{Z}\s]+/gu, ' ').replaceAll('`', "'");
}

/** As many lines as fit into `room` characters, and how many did not. */
function fitted(lines: readonly string[], room: number, words: Words): string {
  let used = 0;
  const kept = lines.filter((line) => {
    used += line.length + 1;
    return used <= room;
  });
  const left = lines.length - kept.length;
  return left === 0 ? kept.join('\n') : `${kept.join('\n')}\n${words.more(left)}`;
}
