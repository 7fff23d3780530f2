import { lastHeard, untoldBetween } from '../../../store/heard.ts';
import { ageOf } from '../age.ts';
import { defineCheck } from '../check.ts';

/** Milliseconds a webhook may be away from what it tells of, by two clocks and on its way. */
const aheadMs = 10_000;
const underWayMs = 30_000;

const pace = 'GitHub is asked every 10 seconds while an incident is open, else every 20';

export const polling = defineCheck({
  name: 'polling',
  part: 'running',
  looksAt: 'Whether webhooks arrive at the Yagura that runs, or GitHub is asked instead.',
  demo: 'the embedded forge reaches Yagura on this machine',
  limit: 60,
  outcomes: {
    silent: {
      state: 'warning',
      when: `something was written on GitHub and no webhook told of it: ${pace}`,
      fix: 'See webhook-address and webhook-deliveries for the reason, or set YAGURA_WEBHOOKS=off if GitHub cannot reach Yagura.',
    },
  },
  async run(scene) {
    if (!scene.github().webhooks) return [{ ok: `none are expected, YAGURA_WEBHOOKS is off: ${pace}` }];
    const records = await scene.records();
    const now = await scene.now();
    const last = await lastHeard(records);
    const from = new Date(last === undefined ? 0 : last.getTime() + aheadMs);
    if (await untoldBetween(records, from, new Date(now.getTime() - underWayMs))) {
      const since = last === undefined ? 'no webhook ever came' : `the last webhook came ${ageOf(last, now)}`;
      return [{ outcome: 'silent', says: `${since}, and something was written since` }];
    }
    if (last === undefined) return [{ ok: 'no webhook came yet, and nothing was written that one would tell of' }];
    return [{ ok: `the last webhook was stored ${ageOf(last, now)}` }];
  },
});
