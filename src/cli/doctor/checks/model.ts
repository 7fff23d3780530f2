import { tiers } from '../../../domain/model.ts';
import { defineCheck } from '../check.ts';

export const model = defineCheck({
  name: 'model',
  part: 'running',
  looksAt: 'Whether a model investigates, and which. It is not asked anything: that would cost money.',
  outcomes: {
    scripted: {
      state: 'warning',
      when: "the demo's scripted model is set for work on GitHub",
      fix: 'Set ANTHROPIC_API_KEY, or YAGURA_MODEL=none to investigate by playbook alone.',
    },
  },
  async run(scene) {
    const { model: set, github } = scene.settings();
    if (!set) return [{ ok: 'none is set: investigations run the plan of the playbook and say not-assessed' }];
    if (set.scripted) {
      const says = "the demo's scripted model investigates";
      return [github ? { outcome: 'scripted', says } : { ok: says }];
    }
    const ids = [...new Set(tiers.map((tier) => set.tiers[tier].model))];
    return [{ ok: `${ids.join(', ')} at ${new URL(set.baseUrl).host} (not asked: that costs)` }];
  },
});
