import { nearest } from '../domain/nearest.ts';
import type { PolicyProblem } from '../domain/policy.ts';

/** How a file of the config repository is read. */
export type FileKind =
  | 'settings'
  | 'context'
  | 'rota'
  | 'severity'
  | 'triage'
  | 'response'
  | 'budgets'
  | 'notifications'
  | 'privacy'
  | 'vulnerabilities'
  | 'playbook'
  | 'knowledge'
  | 'kev'
  | 'yaml';

/**
 * Most files, bytes of one file, and bytes of all files together: room for a checkout of all community rules (3,780 files
 * of 8 MB in 2026, read and checked in 4 s) beside the rest.
 */
export const fileLimits = { files: 8_000, bytes: 512 * 1024, total: 32 * 1024 * 1024 } as const;

const policies = ['budgets', 'notifications', 'privacy', 'response', 'severity', 'triage', 'vulnerabilities'] as const;
const folders = ['context', 'detections', 'knowledge', 'playbooks', 'policies', 'sources'] as const;

/** Where it stands who is on call when. */
const rotaPath = 'context/people/rota.md';

/** CISA's known exploited vulnerabilities: ids, for us and not for the agent. */
const kevPath = 'knowledge/kev.md';

/** Whether a path belongs to the policy at all; the rest of the repository (README, workflows) is not read. */
export function isPolicyPath(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (name.startsWith('.') || name.toLowerCase() === 'readme.md') return false;
  return path === 'yagura.md' || (parts.length > 1 && folders.some((folder) => folder === parts[0]));
}

/** The kind of a policy path, or why such a file would silently not be read. */
export function fileKind(path: string): FileKind | PolicyProblem {
  if (path === 'yagura.md') return 'settings';
  if (path === rotaPath) return 'rota';
  if (path === kevPath) return 'kev';
  const [folder, name = '', ...deeper] = path.split('/');
  const flat = deeper.length === 0;
  const markdown = path.endsWith('.md');
  if (folder === 'context' && markdown) return 'context';
  if (folder === 'detections' && path.endsWith('.yml')) return 'yaml';
  if (folder === 'sources' && flat && path.endsWith('.yml')) return 'yaml';
  if (folder === 'knowledge' && flat && markdown) return 'knowledge';
  if (folder === 'playbooks' && flat && markdown) return 'playbook';
  const policy = policies.find((known) => folder === 'policies' && flat && name === `${known}.md`);
  return policy ?? { path, line: 1, message: `This file would not be read: ${expected(folder, name)}` };
}

function expected(folder: string | undefined, name: string): string {
  switch (folder) {
    case 'policies': {
      const near = nearest(name.replace(/\..*$/, ''), policies);
      const all = policies.map((policy) => `${policy}.md`).join(', ');
      return `${near ? `did you mean policies/${near}.md? ` : ''}Allowed in policies/: ${all}.`;
    }
    case 'detections':
      return 'detections/ holds rules that end in .yml.';
    case 'sources':
      return 'sources/ holds files that end in .yml, without folders below.';
    case 'context':
      return 'context/ holds files that end in .md.';
    default:
      return `${folder}/ holds files that end in .md, without folders below.`;
  }
}
