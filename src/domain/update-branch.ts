/** An open pull request of a repository. */
export interface OpenUpdate {
  number: number;
  branch: string;
}

/**
 * The pull request with which Dependabot updates a package: its branches are `dependabot/<ecosystem>/<folder>/<package>-<version>`,
 * with the separator the repository chose, and without the `@` of a scope.
 */
export function updateOf(updates: readonly OpenUpdate[], name: string): number | undefined {
  const part = name.toLowerCase().replace(/^@/, '').replaceAll(':', '-');
  const found = updates.find(({ branch }) => {
    const lower = branch.toLowerCase();
    const separator = /^dependabot([/\-_|])/.exec(lower)?.[1];
    if (separator === undefined) return false;
    const form = `${separator}${part.replaceAll('/', separator)}-`;
    const at = lower.lastIndexOf(form);
    return at > 0 && /^v?\d+([.+_-]|$)/.test(lower.slice(at + form.length));
  });
  return found?.number;
}
