import { generateKeyPairSync } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { YaguraError } from '../src/domain/error.ts';
import { readSettings, redacted } from '../src/settings.ts';
import { keepToken } from '../src/token-file.ts';
import { scratch } from './scratch.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const github = {
  APP_ID: '12',
  PRIVATE_KEY: pkcs1,
  WEBHOOK_SECRET: 'a-secret-long-enough',
  YAGURA_REPO: 'acme/soc',
};

function refusal(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof YaguraError && error.code === 'settings') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('without settings', () => {
  test('the demo is served on the documented ports', () => {
    const settings = readSettings({});
    expect(settings.mode).toBe('demo');
    expect(settings.github).toBeUndefined();
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 3100, forgePort: 3000, timeScale: 1 });
    expect(settings).toMatchObject({ allowPublic: false, hostFirewall: false });
    expect(settings.dataDir).toMatch(/\/\.yagura$/);
  });

  test('an empty variable counts as unset', () => {
    expect(readSettings({ APP_ID: '', PORT: ' ', YAGURA_ALLOW_PUBLIC: '' }).mode).toBe('demo');
  });

  test('GITHUB_API_URL alone, which every workflow sets, does not leave the demo', () => {
    expect(readSettings({ GITHUB_API_URL: 'https://api.github.com' }).mode).toBe('demo');
  });
});

describe('with settings', () => {
  test('GitHub is served, at its public address unless another is set', () => {
    const settings = readSettings({ ...github, YAGURA_CONFIG_REPO: 'acme/soc-config' });
    expect(settings.mode).toBe('github');
    expect(settings.github).toMatchObject({
      apiUrl: 'https://api.github.com',
      appId: 12,
      webhookSecrets: ['a-secret-long-enough'],
      repo: { owner: 'acme', name: 'soc' },
      configRepo: { owner: 'acme', name: 'soc-config' },
    });
  });

  test.each([
    ['PEM', pkcs1],
    ['PEM with literal \\n', pkcs1.replaceAll('\n', '\\n')],
    ['base64 of PEM', Buffer.from(pkcs1).toString('base64')],
  ])('the private key is read from %s and kept as PKCS#8', (_, key) => {
    expect(readSettings({ ...github, PRIVATE_KEY: key }).github?.privateKey).toBe(pkcs8);
  });

  test('the private key is read from a file', () => {
    const path = join(scratch('settings'), 'key.pem');
    writeFileSync(path, pkcs8);
    const { PRIVATE_KEY: _, ...rest } = github;
    expect(readSettings({ ...rest, PRIVATE_KEY_PATH: path }).github?.privateKey).toBe(pkcs8);
  });

  test('two webhook secrets may be set while rotating', () => {
    const secrets = readSettings({ ...github, WEBHOOK_SECRET: 'the-old-one-of-2025, the-new-one-of-2026' }).github;
    expect(secrets?.webhookSecrets).toEqual(['the-old-one-of-2025', 'the-new-one-of-2026']);
  });

  test('no webhook secret is needed where no webhooks are expected, and no webhook fits then', () => {
    const { WEBHOOK_SECRET: _, ...rest } = github;
    const read = () => readSettings({ ...rest, YAGURA_WEBHOOKS: 'off' }).github;
    expect(read()?.webhooks).toBe(false);
    expect(read()?.webhookSecrets[0]).toHaveLength(64);
    expect(read()?.webhookSecrets).not.toEqual(read()?.webhookSecrets);
    expect(readSettings(github).github?.webhooks).toBe(true);
    expect(() => readSettings({ ...github, YAGURA_WEBHOOKS: 'no' })).toThrow('on or off');
  });

  test('a trailing slash of GITHUB_API_URL is removed, and plain http is allowed on loopback', () => {
    const url = (text: string) => readSettings({ ...github, GITHUB_API_URL: text }).github?.apiUrl;
    expect(url('https://ghe.example.com/api/v3/')).toBe('https://ghe.example.com/api/v3');
    expect(url('http://localhost:3000/api/v3')).toBe('http://localhost:3000/api/v3');
    expect(url('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
  });

  test('ingest tokens for one source are found by its name', () => {
    const settings = readSettings({ YAGURA_INGEST_TOKEN: 'all', YAGURA_INGEST_TOKEN_GUARD_DUTY: 'one' });
    expect(settings.ingestToken).toBe('all');
    expect([...settings.ingestTokens]).toEqual([['guard-duty', 'one']]);
  });

  test('time may be scaled against a forge on loopback', () => {
    const scaled = { ...github, YAGURA_TIME_SCALE: '60' };
    expect(readSettings({ ...scaled, GITHUB_API_URL: 'http://localhost:3000/api/v3' }).timeScale).toBe(60);
    expect(refusal(scaled)).toBe('YAGURA_TIME_SCALE is allowed with the embedded forge only.');
  });
});

describe('a refusal names the variable and what is allowed', () => {
  const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecPem = ec.export({ type: 'pkcs8', format: 'pem' }).toString();
  const secret = /^WEBHOOK_SECRET must be a secret of at least 16 characters, or two/;

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'only APP_ID',
      { APP_ID: '1' },
      /^To serve GitHub, PRIVATE_KEY \(or PRIVATE_KEY_PATH\), WEBHOOK_SECRET, YAGURA_REPO must/,
    ],
    ['all but YAGURA_REPO', { ...github, YAGURA_REPO: '' }, /^To serve GitHub, YAGURA_REPO must be set too\.$/],
    ["Probot's default secret", { ...github, WEBHOOK_SECRET: 'development' }, secret],
    ['a short secret', { ...github, WEBHOOK_SECRET: 'fifteen-letters' }, secret],
    ['a short second secret', { ...github, WEBHOOK_SECRET: 'a-secret-long-enough,' }, secret],
    ['three secrets', { ...github, WEBHOOK_SECRET: Array(3).fill('a-secret-long-enough').join() }, secret],
    ['a key that is none', { ...github, PRIVATE_KEY: 'hello' }, /^PRIVATE_KEY must be .* holds no/],
    ['a key cut short', { ...github, PRIVATE_KEY: pkcs1.slice(0, 400) }, /^PRIVATE_KEY must be .*cut short/],
    ['an elliptic key', { ...github, PRIVATE_KEY: ecPem }, /^PRIVATE_KEY must be .* it is a ec key, not an RSA key/],
    ['both keys', { ...github, PRIVATE_KEY_PATH: 'x' }, /both set/],
    [
      'a missing key file',
      { ...github, PRIVATE_KEY: '', PRIVATE_KEY_PATH: 'no/such.pem' },
      /^PRIVATE_KEY_PATH names a file/,
    ],
    ['an app id in words', { ...github, APP_ID: 'yagura' }, /^APP_ID must be the app's number/],
    [
      'a repository without owner',
      { ...github, YAGURA_REPO: 'soc' },
      /^YAGURA_REPO must be a repository as owner\/name/,
    ],
    ['a config repository as address', { ...github, YAGURA_CONFIG_REPO: 'https://x/y' }, /^YAGURA_CONFIG_REPO must be/],
    ['plain http to elsewhere', { ...github, GITHUB_API_URL: 'http://ghe.example.com' }, /^GITHUB_API_URL: plain http/],
    [
      'a host that only begins like loopback',
      { ...github, GITHUB_API_URL: 'http://127.0.0.1.example.com' },
      /plain http/,
    ],
    ['another scheme', { ...github, GITHUB_API_URL: 'ftp://example.com' }, /^GITHUB_API_URL: .* not an http/],
    ['a port too high', { PORT: '70000' }, /^PORT must be a port number/],
    ['a port in words', { YAGURA_FORGE_PORT: 'any' }, /^YAGURA_FORGE_PORT must be a port number/],
    ['a flag in words', { YAGURA_ALLOW_PUBLIC: 'true' }, /^YAGURA_ALLOW_PUBLIC must be 1 or 0/],
    ['time standing still', { YAGURA_TIME_SCALE: '0' }, /^YAGURA_TIME_SCALE must be a number/],
    ['a database of another kind', { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be a postgres/],
    ['a token with a space', { YAGURA_LIST_TOKEN: 'a b' }, /^YAGURA_LIST_TOKEN must be a token/],
  ])('%s', (_, env, sentence) => {
    expect(refusal(env)).toMatch(sentence);
  });

  test('and never repeats a secret', () => {
    expect(refusal({ ...github, WEBHOOK_SECRET: 'hunter2' })).not.toContain('hunter2');
    expect(refusal({ DATABASE_URL: 'mysql://me:hunter2@db' })).not.toContain('hunter2');
  });
});

test('secrets are printed by nothing that prints settings', () => {
  const settings = readSettings({
    ...github,
    WEBHOOK_SECRET: 'hidden-webhook-one,hidden-webhook-two',
    DATABASE_URL: 'postgres://me:hidden-password@db:5432/soc?password=hidden-query',
    YAGURA_INGEST_TOKEN: 'hidden-ingest',
    YAGURA_INGEST_TOKEN_FALCO: 'hidden-falco',
    YAGURA_LIST_TOKEN: 'hidden-list',
    YAGURA_NOTIFY_CHAT: 'https://hooks.example.com/hidden-chat',
  });
  const printed = [inspect(settings, { depth: 9 }), JSON.stringify(settings), JSON.stringify(redacted(settings))];
  for (const text of printed) {
    expect(text).not.toMatch(/hidden|PRIVATE KEY/);
    expect(text).toContain('[redacted]@db:5432/soc');
    expect(text).toContain('falco');
  }
});

test('secrets of notification channels are read by name, and none else', () => {
  const env = {
    YAGURA_NOTIFY_CHAT: ' https://hooks.example.com/x ',
    YAGURA_NOTIFY_EMPTY: '',
    YAGURA_LIST_TOKEN: 'other',
  };
  expect([...readSettings(env).notifySecrets]).toEqual([['YAGURA_NOTIFY_CHAT', 'https://hooks.example.com/x']]);
});

test('a token nobody set is made once, and only its owner may read it', () => {
  const dir = join(scratch('token'), 'data');
  const first = keepToken(dir, 'list-token');
  expect(first.made).toBe(true);
  expect(first.token).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(dir, 'list-token')).mode & 0o777).toBe(0o600);
  expect(keepToken(dir, 'list-token')).toEqual({ token: first.token, made: false });
});
