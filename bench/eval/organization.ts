import { fileURLToPath } from 'node:url';
import { knownPlugins } from '../../src/cli/known-plugins.ts';
import { readPolicyFolder } from '../../src/cli/policy-folder.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { EvalCase } from './case.ts';

const example = fileURLToPath(new URL('../../examples/config-repo', import.meta.url));
const starter = fileURLToPath(new URL('../../examples/starter', import.meta.url));

/** Stands for the commit in everything that names one. */
const commit = 'e'.repeat(40);

/**
 * The policy of an incident: `with` is the example organization under the incident's own files, `without` the starter,
 * which knows nothing of anybody. Throws when the files are no policy.
 */
export async function organizationOf({ name, organization }: EvalCase, which: 'with' | 'without'): Promise<Policy> {
  const folders = which === 'without' ? [starter] : [example, ...(organization === undefined ? [] : [organization])];
  const files = new Map(
    folders.flatMap((folder) => readPolicyFolder(folder).map((file) => [file.path, file] as const)),
  );
  const meta = { commit, repository: 'acme/soc-config' };
  const { policy, problems } = loadPolicy([...files.values()], meta, await knownPlugins());
  const [problem] = problems;
  if (problem) throw new Error(`${name}/organization/${problem.path}:${problem.line}: ${problem.message}`);
  // What is scored is an investigation, so each incident is given one, whatever its severity.
  return { ...policy, quiet: { ...policy.quiet, on: false } };
}
