import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { parseCommands } from '../../src/commands/parse.ts';
import { languages } from '../../src/domain/locale.ts';
import { rights } from '../../src/domain/policy.ts';
import { loadPlugins } from '../../src/plugins.ts';
import { activeIn } from '../publish/active-markdown.ts';

const folder = new URL('../../src/commands/slash/', import.meta.url);
const commands = await loadPlugins<Command>(folder);
const tests = readdirSync(new URL('../commands/slash/', import.meta.url))
  .map((file) => readFileSync(new URL(`../commands/slash/${file}`, import.meta.url), 'utf8'))
  .join('\n');

/** Commands that change what is blocked somewhere, or what is kept: only a responder may make it so. */
const acting = ['approve', 'redact', 'reject', 'undo', 'unblock'];

it('there are all the commands that the guide names', () => {
  expect([...commands.keys()]).toEqual(
    'adopt approve ask block close handover help investigate redact reject reopen severity snooze stop take unblock undo verdict'.split(
      ' ',
    ),
  );
});

describe.each([...commands.values()])('/$name', (command) => {
  it('can be typed as its usage says, and help can show it', () => {
    const [parsed] = parseCommands(command.usage);
    expect(parsed?.name).toBe(command.name);
    expect(command.summary.en).toMatch(/^[a-z].*[^.]$/);
    expect(command.summary.ja).toMatch(/[^.。]$/);
    for (const language of languages)
      expect(activeIn(`- \`${command.usage}\` ${command.summary[language]}`)).toEqual([]);
  });

  it('needs a right that policy can grant, and a responder where something is let happen', () => {
    expect(rights).toContain(command.right);
    if (acting.includes(command.name)) expect(command.right).toBe('responder');
    else if (command.name !== 'help') expect(command.right).toBe('analyst');
  });

  it('has tests of its own', () => {
    expect(tests).toContain(`'/${command.name}'`);
  });
});
