import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { fitted } from '../../src/cli/fitted.ts';

const terminal = (columns: number) => Object.assign(new Writable(), { columns });

it('goes on below where the text of a line began, and breaks between words only', () => {
  const text = [
    'ok              settings            issues go to acme/soc at api.github.com, policy comes from acme/soc-config',
    `${' '.repeat(36)}→ Set the webhook URL at https://github.com/organizations/acme/settings/apps/yagura-acme to yours.`,
    'A sentence at the margin that is a good deal longer than a terminal of eighty columns is wide.',
    'short',
  ].join('\n');
  expect(fitted(text, terminal(80)).split('\n')).toEqual([
    'ok              settings            issues go to acme/soc at api.github.com,',
    `${' '.repeat(36)}policy comes from acme/soc-config`,
    `${' '.repeat(36)}→ Set the webhook URL at`,
    `${' '.repeat(36)}https://github.com/organizations/acme/settings/apps/yagura-acme`,
    `${' '.repeat(36)}to yours.`,
    'A sentence at the margin that is a good deal longer than a terminal of eighty',
    'columns is wide.',
    'short',
  ]);
});

it('leaves what goes to a file, a pipe or a very narrow terminal as it is', () => {
  const text = 'word '.repeat(50);
  expect([fitted(text, new Writable()), fitted(text, terminal(20))]).toEqual([text, text]);
});
