import { expect, it } from 'vitest';
import { tellsOf } from '../../../src/cli/trial/would.ts';
import type { TrialIncident } from '../../../src/store/trial.ts';
import { policyOf } from '../../commands/incident-in-test.ts';

const origin = { path: 'context/people/rota.md', line: 1 };
const rota = { timeZone: 'UTC', start: 0, rotation: [{ login: 'ken', origin }], overrides: [], away: [], origin };
const chat = { id: 'chat', channel: 'slack', secret: 'YAGURA_NOTIFY_CHAT', from: 'medium', kinds: undefined } as const;
const policy = policyOf({
  mode: 'observe',
  mention: { severity: 'high', who: ['hana'] },
  onCall: { severity: 'critical', takeWithin: 900, rota },
  notifications: [{ ...chat, quiet: undefined, perHour: 20, settings: {}, origin }],
});

const incident: TrialIncident = {
  id: '1',
  room: '',
  issue: 1,
  stands: 'issue',
  policyCommit: null,
  kind: 'threat',
  pressing: false,
  title: 'Miner',
  severity: 'critical',
  verdict: 'not-assessed',
  nothing: false,
  peopleSeverity: null,
  peopleVerdict: null,
  peopleWho: null,
  proposed: [],
  acted: [],
};

it.each<[string, Partial<TrialIncident>, string[]]>([
  ['a critical threat tells everybody', {}, ['@hana', 'who is on call', 'channel chat']],
  ['one below the floor of on call wakes nobody there', { severity: 'high' }, ['@hana', 'channel chat']],
  ['one below the floor of mentions is told to the channel', { severity: 'medium' }, ['channel chat']],
  ['a low one tells nobody', { severity: 'low' }, []],
  ['what policy calls benign is told to nobody but whom it mentions', { nothing: true }, ['@hana']],
  [
    'what a model calls benign is told all the same',
    { verdict: 'benign' },
    ['@hana', 'who is on call', 'channel chat'],
  ],
  ['a vulnerability is mended by day', { kind: 'vulnerability' }, ['channel chat']],
  [
    'one that is exploited and exposed is not',
    { kind: 'vulnerability', pressing: true },
    ['@hana', 'who is on call', 'channel chat'],
  ],
  ['a critical one held back in the digest is told in its comment', { stands: 'digest' }, ['@hana']],
  ['a high one held back tells nobody', { stands: 'digest', severity: 'high' }, []],
  ['what was open before we were connected tells nobody', { stands: 'inventory' }, []],
])('%s', (_, given, told) => {
  expect(tellsOf({ ...incident, ...given }, policy)).toEqual(told);
});
