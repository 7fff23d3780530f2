import { generateKeyPairSync } from 'node:crypto';
import { readSettings } from '../../src/settings.ts';

/** Names of every variable that start reads, with and without GitHub, seen by reading them. */
export function settingsRead(): Set<string> {
  const seen = new Set<string>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const github = { APP_ID: '1', PRIVATE_KEY: key, WEBHOOK_SECRET: 'a-secret-long-enough', YAGURA_REPO: 'acme/soc' };
  for (const env of [
    {},
    { ...github, YAGURA_CONFIG_REPO: 'acme/soc-config', YAGURA_INGEST_TOKEN_X: 'token', YAGURA_NOTIFY_X: 'key' },
  ]) {
    readSettings(
      new Proxy<Record<string, string>>(env, {
        get(target, name) {
          seen.add(
            String(name)
              .replace(/^(YAGURA_INGEST_TOKEN_).+/, '$1<SOURCE>')
              .replace(/^(YAGURA_NOTIFY_).+/, '$1<NAME>'),
          );
          return target[String(name)];
        },
      }),
    );
  }
  return seen;
}
