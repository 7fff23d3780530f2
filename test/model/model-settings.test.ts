import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { YaguraError } from '../../src/domain/error.ts';
import { readModelSettings } from '../../src/model/model-settings.ts';
import { key } from './model-in-test.ts';

type Env = Record<string, string>;

function served(env: Env) {
  const settings = readModelSettings(env);
  if (!settings || settings.scripted) throw new Error('No served model.');
  const { investigate, extract, escalate } = settings.tiers;
  return { settings, ids: [investigate.model, extract.model, escalate.model], tiers: settings.tiers };
}

function refusal(env: Env): string {
  try {
    return `accepted: ${JSON.stringify(readModelSettings(env))}`;
  } catch (error) {
    if (error instanceof YaguraError && error.code === 'settings') return error.message;
    throw error;
  }
}

const withKey = { ANTHROPIC_API_KEY: key };
const local = { ANTHROPIC_BASE_URL: 'http://localhost:11434', YAGURA_MODEL_PRICES: 'qwen3:32b=0/0' };
const defaults = ['claude-sonnet-5-5', 'claude-haiku-5-5', 'claude-opus-5-5'];

describe('the model', () => {
  it('is none without a key and a name, or when told so', () => {
    expect(readModelSettings({})).toBeUndefined();
    expect(readModelSettings({ ANTHROPIC_BASE_URL: 'http://localhost:11434' })).toBeUndefined();
    expect(readModelSettings({ ...withKey, YAGURA_MODEL: 'none' })).toBeUndefined();
  });

  it('is the scripted one when told so, key or not', () => {
    expect(readModelSettings({ YAGURA_MODEL: 'scripted' })).toEqual({ scripted: true });
    expect(readModelSettings({ ...withKey, YAGURA_MODEL: 'scripted' })).toEqual({ scripted: true });
  });

  it('is the default of each tier with a key alone, at the public address', () => {
    const { ids, settings } = served(withKey);
    expect(ids).toEqual(defaults);
    expect(settings).toMatchObject({ key, baseUrl: 'https://api.anthropic.com' });
  });

  it('is one for all tiers, or one for each, the others staying at their defaults', () => {
    expect(served({ ...withKey, YAGURA_MODEL: 'claude-opus-5-5' }).ids).toEqual(Array(3).fill('claude-opus-5-5'));
    const YAGURA_MODEL = 'extract=claude-sonnet-5-5, investigate=claude-opus-5-5';
    expect(served({ ...withKey, YAGURA_MODEL }).ids).toEqual([
      'claude-opus-5-5',
      'claude-sonnet-5-5',
      'claude-opus-5-5',
    ]);
  });

  it('is any that a server of your own has, without a key', () => {
    const { ids, settings } = served({ ...local, YAGURA_MODEL: 'qwen3:32b' });
    expect(ids).toEqual(Array(3).fill('qwen3:32b'));
    expect(settings).toMatchObject({ key: undefined, baseUrl: 'http://localhost:11434' });
  });

  const wrong: [name: string, env: Env, said: RegExp][] = [
    [
      'a model without key and address',
      { YAGURA_MODEL: 'claude-opus-5-5' },
      /^YAGURA_MODEL names a model, so ANTHROPIC_API_KEY must be set, or ANTHROPIC_BASE_URL/,
    ],
    [
      'an unknown tier',
      { ...withKey, YAGURA_MODEL: 'think=claude-opus-5-5' },
      /^YAGURA_MODEL must be scripted, none, the id of a model, or a list/,
    ],
    ['a tier twice', { ...withKey, YAGURA_MODEL: 'extract=a,extract=b' }, /^YAGURA_MODEL must be/],
    ['a tier without model', { ...withKey, YAGURA_MODEL: 'extract=' }, /^YAGURA_MODEL must be/],
    ['a key of two words', { ANTHROPIC_API_KEY: 'two words' }, /^ANTHROPIC_API_KEY must be a key without spaces\.$/],
    [
      'an address that is none',
      { ...withKey, ANTHROPIC_BASE_URL: 'localhost' },
      /^ANTHROPIC_BASE_URL: it is not an http\(s\) address\.$/,
    ],
    [
      'an address with /v1',
      { ...withKey, ANTHROPIC_BASE_URL: 'http://localhost:11434/v1/' },
      /^ANTHROPIC_BASE_URL: leave out \/v1/,
    ],
    [
      'an address with a password',
      { ...withKey, ANTHROPIC_BASE_URL: 'https://me:secret@llm.example.com' },
      /user name or password\.$/,
    ],
    ['an address with a query', { ...withKey, ANTHROPIC_BASE_URL: 'https://llm.example.com?key=1' }, /query/],
    [
      'plain http to the internet',
      { ...withKey, ANTHROPIC_BASE_URL: 'http://llm.example.com' },
      /plain http is allowed within your own network only\.$/,
    ],
    ['plain http to a public address', { ...withKey, ANTHROPIC_BASE_URL: 'http://8.8.8.8' }, /plain http/],
  ];
  for (const [name, env, said] of wrong) {
    it(`is not ${name}`, () => {
      expect(refusal(env)).toMatch(said);
      expect(refusal(env)).not.toMatch(/sk-ant|secret@|two words/);
    });
  }

  it.each([
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'http://10.1.2.3',
    'http://litellm:4000',
    'http://llm.internal',
    'https://llm.example.com/team-a/',
  ])('may be at %s', (ANTHROPIC_BASE_URL) => {
    expect(served({ ...withKey, ANTHROPIC_BASE_URL }).settings.baseUrl).toBe(ANTHROPIC_BASE_URL.replace(/\/$/, ''));
  });
});

describe('its price', () => {
  it('is the published one, or what the setting says', () => {
    expect(served(withKey).tiers).toMatchObject({
      investigate: { price: { input: 2, output: 10 } },
      extract: { price: { input: 0.1, output: 0.5 } },
      escalate: { price: { input: 4, output: 20 } },
    });
    const YAGURA_MODEL_PRICES = 'claude-sonnet-5-5=1.8/9, my-model=0/0';
    const { tiers } = served({ ...withKey, YAGURA_MODEL_PRICES, YAGURA_MODEL: 'extract=my-model' });
    expect(tiers.investigate.price).toEqual({ input: 1.8, output: 9 });
    expect(tiers.extract.price).toEqual({ input: 0, output: 0 });
  });

  it('must be known, else no budget can be kept', () => {
    expect(refusal({ ...withKey, YAGURA_MODEL: 'my-model' })).toBe(
      'No price is known for the model my-model, so no budget of money can be kept: set YAGURA_MODEL_PRICES=my-model=<in>/<out>, in US dollars a million tokens (0/0 for a model of your own).',
    );
    expect(refusal({ ...withKey, YAGURA_MODEL: 'constructor' })).toMatch(/^No price is known/);
  });

  it.each(['my-model', 'my-model=1', 'my-model=-1/2', 'my-model=1/x', '=1/2', 'a=1/2,'])(
    'is not %s',
    (YAGURA_MODEL_PRICES) => {
      expect(refusal({ YAGURA_MODEL_PRICES })).toMatch(/^YAGURA_MODEL_PRICES must be a list such as/);
    },
  );
});

describe('the key', () => {
  it('is in no printing of the settings', () => {
    const { settings } = served(withKey);
    const printed = [
      inspect(settings),
      inspect({ model: settings }, { depth: 9, showHidden: true }),
      JSON.stringify({ settings }),
    ];
    for (const text of printed) expect(text).not.toContain(key);
    expect(printed[0]).toContain('[redacted]');
    expect(printed[0]).toContain('claude-sonnet-5-5');
  });
});
