import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { YaguraError } from '../src/domain/error.ts';
import { loadPlugins } from '../src/plugins.ts';
import { scratch } from './scratch.ts';

let dir: string;
beforeEach(() => {
  dir = scratch('plugins');
});
function put(file: string, text: string): void {
  writeFileSync(join(dir, file), text);
}

const load = (except?: string[]) => loadPlugins(pathToFileURL(`${dir}/`), except);

async function refusal(): Promise<YaguraError> {
  const error = await load().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(YaguraError);
  return error as YaguraError;
}

describe('a folder of plugins', () => {
  it('is its own registry: every file is there by its name, in order', async () => {
    put('zebra.ts', "export const zebra = { name: 'zebra' };");
    put('address-owner.ts', "export const addressOwner = { name: 'address-owner', extra: 7 };");
    put('s3-bucket2.ts', "export const s3Bucket2 = { name: 's3-bucket2' };");
    const loaded = await load();
    expect([...loaded.keys()]).toEqual(['address-owner', 's3-bucket2', 'zebra']);
    expect(loaded.get('address-owner')).toMatchObject({ extra: 7 });
  });

  it('leaves out contracts that lie beside, folders and other files', async () => {
    put('one.ts', "export const one = { name: 'one' };");
    put('contract.ts', 'export interface Contract { name: string }');
    put('README.md', '# not code');
    expect([...(await load(['contract'])).keys()]).toEqual(['one']);
  });

  it('refuses a file without the constant it should have, by name', async () => {
    put('one.ts', "export const other = { name: 'one' };");
    expect((await refusal()).message).toBe('one.ts does not export "one" with the name "one".');
  });

  it('refuses a plugin that calls itself something else', async () => {
    put('one.ts', "export const one = { name: 'two' };");
    expect((await refusal()).message).toContain('one.ts');
  });

  it('names the file that cannot be loaded at all', async () => {
    put('sound.ts', "export const sound = { name: 'sound' };");
    put('broken.ts', "throw new Error('a mistake inside');");
    expect((await refusal()).message).toBe('broken.ts cannot be loaded: a mistake inside');
  });
});
