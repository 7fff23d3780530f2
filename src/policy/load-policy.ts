import type { Autonomy, ContextEntry, Playbook, Policy, PolicyProblem } from '../domain/policy.ts';
import { fileKind, fileLimits, isPolicyPath } from './file-kind.ts';
import { fileText } from './file-text.ts';
import { readPolicyFile } from './read-policy-file.ts';
import type { KnownPlugins } from './response-rules.ts';
import { roomProblems } from './room-problems.ts';
import { rotaProblems } from './rota-problems.ts';
import { safeDefaults } from './safe-defaults.ts';

/** One file of the config repository; paths are relative to its root, with `/`. */
export interface PolicyFile {
  path: string;
  content: Uint8Array;
}

/**
 * Reads the config repository whole. Pure: the same files give the same policy and problems, in the same order.
 * Any problem means that the commit is broken as a whole and its policy must not be put in force; it is returned for
 * showing what would change. Warnings change nothing. What no file says has the value of `safeDefaults`. With `asMode` it
 * is read as if that stood in `yagura.md`.
 */
export function loadPolicy(
  files: readonly PolicyFile[],
  meta: { commit: string; repository: string; asMode?: Autonomy },
  known: KnownPlugins,
): { policy: Policy; problems: PolicyProblem[]; warnings: PolicyProblem[] } {
  const policy: Policy = { ...safeDefaults(meta.repository), commit: meta.commit };
  const ours = files.filter(({ path }) => isPolicyPath(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const excess = excessOf(ours);
  if (excess) return { policy, problems: [excess], warnings: [] };

  const problems: PolicyProblem[] = [];
  for (const { path, content } of ours) {
    const kind = fileKind(path);
    if (typeof kind === 'object') {
      problems.push(kind);
      continue;
    }
    const decoded = fileText(content, fileLimits.bytes);
    if ('refusal' in decoded) problems.push({ path, line: 1, message: decoded.refusal });
    else problems.push(...readPolicyFile(kind, path, decoded.text, known, policy));
  }
  problems.push(...repeatedNames(policy.context), ...rotaProblems(policy), ...roomProblems(policy));
  const detections = known.detections?.(policy.detections, policy.placeholders);
  problems.push(...(detections?.problems ?? []));
  policy.playbooks.sort(mostSpecificFirst);
  policy.neverBlock = [...new Set([...policy.neverBlock, ...policy.context.flatMap(ownAddresses)])];
  policy.mode = meta.asMode ?? policy.mode;
  if (policy.mode === 'observe') {
    policy.observed = { mention: policy.mention, notifications: policy.notifications };
    policy.mention = { ...policy.mention, who: [] };
    policy.notifications = [];
  }
  const warnings = (detections?.warnings ?? []).sort(byPlace);
  return { policy, problems: problems.sort(byPlace), warnings };
}

function excessOf(files: readonly PolicyFile[]): PolicyProblem | undefined {
  const path = files[fileLimits.files]?.path;
  if (path !== undefined) {
    return { path, line: 1, message: `More than ${fileLimits.files} files of policy; this is the first too many.` };
  }
  let total = 0;
  for (const file of files) {
    total += file.content.byteLength;
    if (total <= fileLimits.total) continue;
    const limit = fileLimits.total / 1024 / 1024;
    return { path: file.path, line: 1, message: `More than ${limit} MiB of policy; this file is the first too many.` };
  }
  return undefined;
}

/** Two entries of one kind with one name would make "owner of web-01" ambiguous. */
function repeatedNames(context: readonly ContextEntry[]): PolicyProblem[] {
  const first = new Map<string, ContextEntry>();
  return context.flatMap((entry) => {
    const key = `${entry.kind}\n${entry.name.toLowerCase()}`;
    const other = first.get(key);
    if (!other) first.set(key, entry);
    const message = `The ${entry.kind} ${entry.name} is already described in ${other?.origin.path}.`;
    return other ? [{ ...entry.origin, message }] : [];
  });
}

/** Playbooks are tried in this order, the first that fits is used; the one for everything comes last. */
function mostSpecificFirst(a: Playbook, b: Playbook): number {
  return Object.keys(b.when).length - Object.keys(a.when).length || (a.id < b.id ? -1 : 1);
}

/** What the organization says is its own is never blocked. */
function ownAddresses(entry: ContextEntry): string[] {
  if (entry.kind === 'network') return entry.cidr;
  if (entry.kind !== 'asset' && entry.kind !== 'service') return [];
  return entry.entities.filter(({ type }) => type === 'ip' || type === 'domain').map(({ value }) => value);
}

function byPlace(a: PolicyProblem, b: PolicyProblem): number {
  return a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1;
}
