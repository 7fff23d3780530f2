import { roomRepository } from '../../../run/room-repository.ts';
import { unpinnedQueues } from '../../../store/queue.ts';
import { defineCheck } from '../check.ts';

export const queue = defineCheck({
  name: 'queue',
  part: 'running',
  looksAt:
    'Whether GitHub pinned the issue that ranks what is open, where policy wants one; GitHub pins three at most.',
  limit: 60,
  demo: 'nobody else pins anything there',
  outcomes: {
    'not-pinned': {
      state: 'warning',
      when: 'GitHub refused to pin it, so people have to look for it',
      fix: 'Unpin one of the other issues of {name}, or pin #{issue} by hand; it is tried again once a day.',
    },
  },
  async run(scene) {
    const { repo, configRepo } = scene.github();
    if (configRepo && !(await scene.goodPolicy()).queue) return [{ ok: 'policy wants none' }];
    const found = await unpinnedQueues(await scene.records());
    if (found.length === 0) return [{ ok: 'no queue was refused its pin' }];
    return found.map(({ room, issue, refused }) => {
      const { owner, name } = roomRepository(room, repo);
      const values = { name: `${owner}/${name}`, issue: String(issue) };
      return { outcome: 'not-pinned', says: `${values.name}#${issue} is not pinned: ${refused}`, values };
    });
  },
});
