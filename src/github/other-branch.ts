import { z } from 'zod';

const shape = z.looseObject({
  /** Empty where a person closed the alert or opened it again. */
  ref: z.string().nullish(),
  alert: z.looseObject({ state: z.string().nullish() }),
  repository: z.looseObject({ default_branch: z.string().optional() }),
});

/**
 * Whether a webhook of code scanning is about another branch than the default one. There an alert stands and falls with
 * its pull request: GitHub lists it nowhere, gives it no state, and tells nobody when the branch is deleted. Once it is
 * merged `appeared_in_branch` tells of it.
 */
export function isOfOtherBranch(payload: unknown): boolean {
  const read = shape.safeParse(payload);
  if (!read.success) return false;
  const { ref, alert, repository } = read.data;
  if (ref && repository.default_branch) return ref !== `refs/heads/${repository.default_branch}`;
  return alert.state === null;
}
