import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changes } from '../../src/policy/changes.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { filesOf, known, meta } from './policy-files.ts';

const path = 'policies/notifications.md';
const installed = { ...known, channels: new Map([['slack', z.strictObject({ emoji: z.string().optional() })]]) };

function load(yaml: string, mode = 'approve') {
  const files = filesOf({ 'yagura.md': `---\nmode: ${mode}\n---\n`, [path]: `---\n${yaml}\n---\nWhy.\n` });
  return loadPolicy(files, meta, installed);
}

const problems = (yaml: string) => load(yaml).problems.map(({ line, message }) => `${line} ${message}`);
const chat = 'channels:\n  - id: chat\n    channel: slack\n    secret: YAGURA_NOTIFY_CHAT';

describe('policies/notifications.md', () => {
  it('names channels with defaults that wake nobody for little', () => {
    const { policy } = load(chat);
    expect(policy.notifications).toEqual([
      {
        id: 'chat',
        channel: 'slack',
        secret: 'YAGURA_NOTIFY_CHAT',
        from: 'high',
        kinds: undefined,
        quiet: undefined,
        perHour: 20,
        settings: {},
        origin: { path, line: 3 },
      },
    ]);
    expect(policy.prose).toContainEqual({ path, text: 'Why.' });
  });

  it('reads times of day as minutes, and lets critical through quiet hours unless told', () => {
    const { policy, problems } = load(
      `${chat}\n    quiet_hours: { from: "22:30", to: "07:00" }\n    kinds: threat\n    from: low\n    per_hour: 3`,
    );
    expect(problems).toEqual([]);
    expect(policy.notifications[0]).toMatchObject({
      quiet: { from: 1_350, to: 420, except: 'critical' },
      kinds: ['threat'],
      from: 'low',
      perHour: 3,
    });
  });

  it('tells nobody in observe mode', () => {
    expect(load(chat, 'observe').policy.notifications).toEqual([]);
    expect(load(chat, 'recommend').policy.notifications).toHaveLength(1);
  });

  it.each([
    'https://hooks.slack.com/services/T0/B0/synthetic-secret',
    'ANTHROPIC_API_KEY',
    'YAGURA_INGEST_TOKEN_synthetic-secret',
  ])('refuses %s as the name of a variable, and does not repeat it', (secret) => {
    const [found = '', ...more] = problems(chat.replace('YAGURA_NOTIFY_CHAT', secret));
    expect(more).toEqual([]);
    expect(found).toMatch(
      /^5 channels\[0\]\.secret: names an environment variable: YAGURA_NOTIFY_ and a name of yours\./,
    );
    expect(found).not.toContain(secret);
  });

  it.each([
    ['channel: slack', 'channel: slak', '4 Channel "slak" is not known; did you mean slack? Allowed: slack.'],
    ['id: chat', 'id: Chat!', '3 channels[0].id: "Chat!" is not an id'],
    ['secret:', 'settings: { emojy: x }\n    secret:', '5 Key "emojy" is not known here.'],
    ['secret:', 'per_hour: 0\n    secret:', '5 channels[0].per_hour: "0" is too small'],
    ['secret:', 'quiet_hours: { from: 22:00, to: "7" }\n    secret:', '5 channels[0].quiet_hours.to: a time of day is'],
  ])('says what is wrong: %s → %s', (from, to, sentence) => {
    expect(problems(chat.replace(from, to)).some((one) => one.startsWith(sentence))).toBe(true);
  });

  it('refuses an id given twice', () => {
    const twice = `${chat}\n${chat.split('\n').slice(1).join('\n')}`;
    expect(problems(twice)).toEqual(['6 The id chat is given twice; each id may stand once.']);
  });

  it('is part of what a pull request says it changes', () => {
    const [change, ...more] = changes(load('channels: []').policy, load(chat).policy);
    expect(more).toEqual([]);
    expect(change).toMatchObject({ sentence: 'adds notification channel `chat`', origin: { path, line: 3 } });
  });
});
