import { stillFailed } from '../../../github/recent-deliveries.ts';
import { ForgeError } from '../../../ports/forge.ts';
import { ageOf } from '../age.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { appSettingsPage } from '../places.ts';

/** Milliseconds looked back: what failed longer ago is the past. */
const window = 24 * 3_600_000;

type Name = 'wrong-secret' | 'nobody-answers' | 'refused' | 'failing' | 'some-failed' | 'none-yet';

const outcomes: Record<Name, Outcome> = {
  'wrong-secret': {
    state: 'fault',
    when: 'Yagura refuses them (401): the secrets differ',
    fix: 'Set the same secret as WEBHOOK_SECRET and under "Webhook secret" at {page}, and restart Yagura.',
  },
  'nobody-answers': {
    state: 'fault',
    when: 'nobody answers in time at the address',
    fix: 'See that Yagura runs, and that GitHub reaches the webhook URL of {page} through name, firewall and proxy.',
  },
  refused: {
    state: 'fault',
    when: 'what answers at the address is not Yagura, or something before it refuses (4xx)',
    fix: 'See that the webhook URL at {page} ends in /api/github/webhooks and that what stands before Yagura passes it on unchanged.',
  },
  failing: {
    state: 'fault',
    when: 'Yagura, or what stands before it, fails (5xx)',
    fix: "Read Yagura's log and GET /readyz: while the database is away nothing is taken.",
  },
  'some-failed': {
    state: 'warning',
    when: 'the newest arrived, and some of the last day never did',
    fix: 'Nothing to do if they are few: Yagura asks for them again; else look at {page}/advanced for their times.',
  },
  'none-yet': {
    state: 'warning',
    when: 'none was sent in the last day',
    fix: 'Write a comment in the issue repository and look again; if there is still none, see that the webhook is active at {page}.',
  },
};

export const webhookDeliveries = defineCheck<Name>({
  name: 'webhook-deliveries',
  part: 'app',
  looksAt: 'The webhooks of the last day: the newest, those that failed, and what the server saw.',
  demo: 'what is lost there, the sweep finds within a minute',
  outcomes,
  async run(scene) {
    if (!scene.github().webhooks) return [{ ok: 'of no concern: YAGURA_WEBHOOKS is off' }];
    const inspector = await scene.inspect();
    if (!(await inspector.hook())) return [{ ok: 'of no concern: the app has no webhook URL' }];
    const now = await scene.now();
    const attempts = await inspector.deliveries(new Date(now.getTime() - window)).catch((error: unknown) => {
      if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
      throw new Error('this server keeps no list of deliveries', { cause: error });
    });
    const values = { page: appSettingsPage((await scene.app()).app) };
    const [last] = attempts;
    if (!last) return [{ outcome: 'none-yet', says: 'GitHub sent no webhook in the last day', values }];
    const age = ageOf(last.delivered_at, now);
    const failed = stillFailed(attempts).length;
    const outcome = reasonOf(last.status_code);
    if (outcome) {
      const answer = last.status_code === 0 ? last.status || 'no answer' : `answer ${last.status_code}`;
      return [
        { outcome, says: `the last webhook, ${age}, failed: ${answer}; ${failed} failed in the last day`, values },
      ];
    }
    if (failed > 0) {
      const says = `the last webhook arrived ${age}; ${failed} of the last day never did`;
      return [{ outcome: 'some-failed', says, values }];
    }
    return [{ ok: `the last webhook arrived ${age}, all of the last day did` }];
  },
});

function reasonOf(status: number): Name | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401) return 'wrong-secret';
  if (status === 0) return 'nobody-answers';
  return status >= 500 ? 'failing' : 'refused';
}
