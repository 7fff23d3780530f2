import { addressRange } from '../../../domain/address.ts';
import { isLoopback, PUBLIC_API_URL } from '../../../github/api-url.ts';
import { defineCheck } from '../check.ts';
import { appSettingsPage } from '../places.ts';

export const webhookAddress = defineCheck({
  name: 'webhook-address',
  part: 'app',
  looksAt: 'Where GitHub sends webhooks: whether it can reach that address, and how it sends them.',
  demo: 'the embedded forge reaches Yagura on this machine',
  outcomes: {
    none: {
      state: 'warning',
      when: 'no address is set: GitHub is asked instead, every 10 seconds while an incident is open, else every 20',
      fix: 'Set the webhook URL at {page} to https://YOUR-HOST/api/github/webhooks, or set YAGURA_WEBHOOKS=off if no address of yours can be reached.',
    },
    unreachable: {
      state: 'fault',
      when: 'the address is of this machine or of a private network, and GitHub is outside of it',
      fix: 'Set the webhook URL at {page} to an address that GitHub can reach, or empty it and set YAGURA_WEBHOOKS=off: GitHub is asked then.',
    },
    'wrong-type': {
      state: 'fault',
      when: 'webhooks are sent as a form',
      fix: 'Set the content type of the webhook at {page} to application/json.',
    },
    unverified: {
      state: 'warning',
      when: 'GitHub does not verify the certificate, or sends in plain text',
      fix: 'Use an https address with a valid certificate at {page}, and enable SSL verification there.',
    },
  },
  async run(scene) {
    const { apiUrl, webhooks } = scene.github();
    if (!webhooks) return [{ ok: 'of no concern: YAGURA_WEBHOOKS is off' }];
    const inspector = await scene.inspect();
    const values = { page: appSettingsPage((await scene.app()).app) };
    const hook = await inspector.hook();
    if (!hook) return [{ outcome: 'none', says: 'the app has no webhook URL', values }];
    const url = new URL(hook.url);
    // Whatever is beside them may be a secret.
    const place = `${url.origin}${url.pathname}`;
    const away = unreachable(url.hostname, new URL(apiUrl));
    if (away) return [{ outcome: 'unreachable', says: `${place} is ${away}, where GitHub cannot reach it`, values }];
    if (hook.content_type !== 'json') {
      return [{ outcome: 'wrong-type', says: `webhooks are sent as ${hook.content_type}, not as JSON`, values }];
    }
    const plain = url.protocol !== 'https:' && !isLoopback(url.hostname);
    if (plain || hook.insecure_ssl === '1') {
      const how = plain ? 'in plain text' : 'without verifying the certificate';
      return [{ outcome: 'unverified', says: `webhooks are sent to ${place} ${how}`, values }];
    }
    return [{ ok: `GitHub sends webhooks to ${place}` }];
  },
});

/** Why GitHub cannot reach a host, in words; undefined when it may. A server of one's own may well reach one's network. */
function unreachable(hostname: string, api: URL): string | undefined {
  if (isLoopback(api.hostname)) return undefined;
  if (isLoopback(hostname)) return 'on this machine only';
  const outside = api.hostname === new URL(PUBLIC_API_URL).hostname || api.hostname.endsWith('.ghe.com');
  if (!outside) return undefined;
  const range = addressRange(hostname.replace(/^\[|\]$/g, ''));
  if (range !== undefined) return range === 'unicast' ? undefined : 'an address of a private network';
  const inner = !hostname.includes('.') || /\.(?:local|internal|lan|home\.arpa|localhost)$/.test(hostname);
  return inner ? 'a name of a private network' : undefined;
}
