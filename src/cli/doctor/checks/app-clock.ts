import { defineCheck } from '../check.ts';

/** Seconds a clock may be off: the app's JWT is dated back 30 s, and GitHub takes none that has run out (10 minutes). */
const tolerated = 30;
const useless = 300;

export const appClock = defineCheck({
  name: 'app-clock',
  part: 'app',
  looksAt: "How far this machine's clock is from GitHub's, by which the app's token and every deadline are judged.",
  demo: 'the forge runs on this machine',
  outcomes: {
    off: {
      state: 'warning',
      when: 'they are more than half a minute apart: each token is refused once before it is dated anew',
      fix: 'Set the clock of this machine by NTP.',
    },
    'far-off': {
      state: 'fault',
      when: 'they are more than five minutes apart: tokens are refused, and approvals and blocks end at wrong times',
      fix: 'Set the clock of this machine by NTP and restart Yagura.',
    },
    unknown: {
      state: 'could-not-look',
      when: "the server's answer does not say what time it is",
      fix: 'Compare the clock of this machine with a clock you trust.',
    },
  },
  async run(scene) {
    await scene.inspect();
    const { serverTime } = await scene.app();
    if (!serverTime) return [{ outcome: 'unknown', says: "GitHub's answer has no date" }];
    const seconds = Math.round(((await scene.now()).getTime() - serverTime.getTime()) / 1_000);
    const apart = `${Math.abs(seconds)} seconds ${seconds < 0 ? 'behind' : 'ahead of'} GitHub's`;
    if (Math.abs(seconds) > useless) return [{ outcome: 'far-off', says: `this machine's clock is ${apart}` }];
    if (Math.abs(seconds) > tolerated) return [{ outcome: 'off', says: `this machine's clock is ${apart}` }];
    return [{ ok: "this machine's clock agrees with GitHub's" }];
  },
});
