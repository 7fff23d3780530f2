import type { Policy, PolicyProblem } from '../domain/policy.ts';
import type { Annotation, CheckRun } from '../ports.ts';
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
  if (problems.length > 0 || !policy) return withWarnings(brokenCheck(problems, previous), warnings);
  const found = changes(previous ?? safeDefaults(policy.repository), policy);
  const good: CheckContent = {
    status: 'completed',
    conclusion: 'success',
    title: found.length === 0 ? 'Good; nothing changes' : `Good; ${counted(found.length, 'change')}`,
    summary: goodSummary(found),
    annotations: found.flatMap(warningOf).slice(0, checkLimits.annotations),
  };
  return withWarnings(good, warnings);
}

/** As much of the warnings as there is room for below the rest. */
function withWarnings(content: CheckContent, warnings: readonly PolicyProblem[]): CheckContent {
  if (warnings.length === 0) return content;
  const room = Math.max(500, checkLimits.summary - content.summary.length - 200);
  const head = `\n**${counted(warnings.length, 'warning')}**; nothing is kept from working:\n\n`;
  const shown = warnings.map(({ path, line, message }): Annotation => ({ path, line, level: 'warning', message }));
  return {
    ...content,
    title: `${content.title}, ${counted(warnings.length, 'warning')}`,
    summary: `${content.summary}${head}\`\`\`text\n${fitted(warnings.map(problemLine), room)}\n\`\`\`\n`,
    annotations: [...content.annotations, ...shown].slice(0, checkLimits.annotations),
  };
}

function brokenCheck(problems: readonly PolicyProblem[], previous: Policy | undefined): CheckContent {
  const inForce = previous ? `\`${previous.commit.slice(0, 12)}\`` : 'the last good commit or safe defaults';
  const head = `Merged like this, nothing of it would take effect: ${inForce} stays in force, with a banner in every issue.\n\n`;
  return {
    status: 'completed',
    conclusion: 'failure',
    title: problems.length === 0 ? 'The policy could not be read' : counted(problems.length, 'problem'),
    // In a code block, so that nothing out of a file is read as markdown.
    summary: `${head}\`\`\`text\n${fitted(problems.map(problemLine), checkLimits.summary - head.length - 200)}\n\`\`\`\n`,
    annotations: problems
      .slice(0, checkLimits.annotations)
      .map(({ path, line, message }): Annotation => ({ path, line, level: 'failure', message })),
  };
}

function goodSummary(found: readonly PolicyChange[]): string {
  if (found.length === 0) return 'Merging this changes nothing of the policy in force.\n';
  const lines = (level: PolicyChange['level']) =>
    found.filter((change) => change.level === level).map(({ sentence }) => `- ${sentence}`);
  const parts = [
    { title: '**Look twice: merging this**', items: lines('warning') },
    { title: '**Merging this also**', items: lines('notice') },
  ].filter(({ items }) => items.length > 0);
  const room = checkLimits.summary / parts.length - 200;
  return `${parts.map(({ title, items }) => `${title}\n\n${fitted(items, room)}`).join('\n\n')}\n`;
}

function warningOf({ level, sentence, origin }: PolicyChange): Annotation[] {
  if (level !== 'warning' || !origin) return [];
  return [{ ...origin, level: 'warning', message: `Merging this ${sentence.replaceAll('`', '')}.` }];
}

/** `policies/response.md:12: …` */
export function problemLine({ path, line, message }: PolicyProblem): string {
  return `${path}:${line}: ${message}`.replace(/[\p{C}\p{Z}\s]+/gu, ' ').replaceAll('`', "'");
}

/** As many lines as fit into `room` characters, and how many did not. */
function fitted(lines: readonly string[], room: number): string {
  let used = 0;
  const kept = lines.filter((line) => {
    used += line.length + 1;
    return used <= room;
  });
  const left = lines.length - kept.length;
  return left === 0 ? kept.join('\n') : `${kept.join('\n')}\n… and ${left} more`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
