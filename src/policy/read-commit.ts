import type { PolicyProblem } from '../domain/policy.ts';
import type { Forge, ForgeFile, RepoRef } from '../ports/forge.ts';
import { fileLimits, isPolicyPath } from './file-kind.ts';

/** The policy files of one commit, and the files that were too large or too many to ask for. */
export interface CommitFiles {
  files: ForgeFile[];
  refused: PolicyProblem[];
}

/** Reads the policy files of a commit within the loader's limits. Throws `ForgeError`. */
export async function readCommit(forge: Pick<Forge, 'files'>, repo: RepoRef, commit: string): Promise<CommitFiles> {
  const refused: PolicyProblem[] = [];
  let count = 0;
  let total = 0;
  const files = await forge.files(repo, commit, (path, size) => {
    if (!isPolicyPath(path)) return false;
    count += 1;
    total += size;
    const message = refusal(size, count, total);
    if (message !== undefined && refused.length < 20) refused.push({ path, line: 1, message });
    return message === undefined;
  });
  return { files, refused };
}

function refusal(size: number, count: number, total: number): string | undefined {
  if (size > fileLimits.bytes)
    return `The file is larger than ${fileLimits.bytes / 1024} KiB, the most that is read of one file.`;
  if (count > fileLimits.files) return `More than ${fileLimits.files} files of policy.`;
  if (total > fileLimits.total) return `More than ${fileLimits.total / 1024 / 1024} MiB of policy.`;
  return undefined;
}
