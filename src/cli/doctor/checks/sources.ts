import { sourceDays } from '../../../store/source-days.ts';
import { ageOf } from '../age.ts';
import { defineCheck, type Finding } from '../check.ts';

type Name = 'silent' | 'never' | 'nothing-yet';

/** Days with records before a source has a habit to be measured by. */
const habit = 3;
const dayMs = 86_400_000;

/** What comes by webhook, or when a person writes: whether that works is another line's, and quiet is no fault. */
const byGithub = new Set(['github', 'report']);

export const sources = defineCheck<Name>({
  name: 'sources',
  part: 'running',
  looksAt:
    'When each source sent its last record. One that sent on at least three days is silent when twice its longest pause has passed, a day at least; what GitHub and people report comes when it comes.',
  limit: 60,
  outcomes: {
    silent: {
      state: 'fault',
      when: 'a source that used to send has stopped',
      fix: 'See at {source} that it still sends to POST /ingest/{source} with a token that holds, and what it logs about the answers.',
    },
    never: {
      state: 'warning',
      when: 'a source has a token of its own and never sent anything',
      fix: 'Let {source} send to POST /ingest/{source} with its token, or unset {variable}.',
    },
    'nothing-yet': {
      state: 'warning',
      when: 'no source has sent anything yet',
      fix: 'Send an alert of your own, as the README shows under "Send your own alert".',
    },
  },
  async run(scene) {
    const { ingestTokens } = scene.settings();
    const now = await scene.now();
    const heard = await sourceDays(await scene.records());
    const found = heard.map((one): Finding<Name> => {
      const says = `${one.source}: last record ${ageOf(one.last, now)}`;
      const pause = Math.max(1, one.longestPause) * dayMs;
      const silent = !byGithub.has(one.source) && one.days >= habit && now.getTime() - one.last.getTime() > 2 * pause;
      if (!silent) return { ok: says };
      const usual = `it used to send at least every ${one.longestPause <= 1 ? 'day' : `${one.longestPause} days`}`;
      return { outcome: 'silent', says: `${says}, and ${usual}`, values: { source: one.source } };
    });
    const never = [...ingestTokens.keys()].filter((source) => !heard.some((one) => one.source === source));
    for (const source of never) {
      const variable = `YAGURA_INGEST_TOKEN_${source.toUpperCase().replaceAll('-', '_')}`;
      found.push({ outcome: 'never', says: `${source}: never sent a record`, values: { source, variable } });
    }
    return found.length > 0 ? found : [{ outcome: 'nothing-yet', says: 'no source has ever sent a record' }];
  },
});
