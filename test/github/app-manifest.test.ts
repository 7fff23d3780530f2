import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { APP_PERMISSIONS, INSTALLATION_EVENTS } from '../../src/forge/seed/app-grants.ts';
import { understoodEvents } from '../../src/github/read-delivery.ts';

const text = readFileSync(join(import.meta.dirname, '../../app.yml'), 'utf8');
const manifest = parse(text);

test('the manifest holds what GitHub’s manifest flow takes, and is private', () => {
  const keys = ['default_events', 'default_permissions', 'description', 'hook_attributes', 'name', 'public', 'url'];
  expect(Object.keys(manifest).toSorted()).toEqual(keys);
  expect(manifest.public).toBe(false);
});

test('the app subscribes to the events Yagura understands, but for those GitHub sends unasked', () => {
  const unasked = ['installation', 'installation_repositories'];
  const asked = understoodEvents.filter((event) => !unasked.includes(event));
  expect(manifest.default_events.toSorted()).toEqual(asked.toSorted());
});

test('the app of the embedded forge may do exactly what the manifest asks for', () => {
  expect(manifest.default_permissions).toEqual(APP_PERMISSIONS);
});

test('the app of the embedded forge listens to what the manifest asks for', () => {
  expect(INSTALLATION_EVENTS).toEqual(expect.arrayContaining(manifest.default_events));
});

test('every permission comes with its reason', () => {
  const lines = text.split('\n');
  for (const name of Object.keys(manifest.default_permissions)) {
    const at = lines.findIndex((line) => line.startsWith(`  ${name}:`));
    expect(lines[at - 1], name).toMatch(/^ {2}# .{10}/);
  }
});
