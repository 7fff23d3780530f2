import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageSchemas } from './model/message-schemas.ts';

// Writes test/model/fake/schemas/messages.json anew; the diff is what an upgrade of the SDK changes.

const root = join(import.meta.dirname, '..');
const path = 'test/model/fake/schemas/messages.json';
writeFileSync(join(root, path), JSON.stringify(messageSchemas(), undefined, 2));
execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', path], { cwd: root });
