import { resolve } from 'node:path';
import { sha256 } from '../../../domain/canonical.ts';
import { YaguraError } from '../../../domain/error.ts';
import { type EveryLanguage, everyLanguage } from '../../../domain/locale.ts';
import { unavailableWords } from '../../../messages/unavailable.ts';
import { findProgram, runCommand } from './run-command.ts';

/** Name of the demo's network namespace: one for each data directory. */
export function demoNamespace(dataDir: string): string {
  return `yagura-${sha256(resolve(dataDir)).slice(0, 10)}`;
}

/** Makes the demo's namespace unless it stands; why it could not, in one sentence. */
export async function makeDemoNamespace(ip: string, name: string): Promise<EveryLanguage | undefined> {
  const made = await addNamespace(ip, name);
  if (made !== undefined) return made;
  const up = await raiseLoopback(ip, name);
  if (up.code === 0) return undefined;
  // A killed `ip netns add` leaves a file that is no namespace.
  await runCommand(ip, ['netns', 'delete', name]);
  const again = await addNamespace(ip, name);
  return again ?? refusalOf((await raiseLoopback(ip, name)).stderr);
}

/** Removes the demo's namespace with its firewall; does nothing when there is none. Throws `YaguraError('connector')`. */
export async function removeDemoNamespace(dataDir: string): Promise<void> {
  const ip = findProgram('ip');
  if (ip === undefined || process.platform !== 'linux') return;
  const name = demoNamespace(dataDir);
  const { code, stderr } = await runCommand(ip, ['netns', 'delete', name]);
  if (code === 0 || stderr.includes('No such file or directory')) return;
  throw new YaguraError('connector', `The network namespace ${name} could not be removed: ${stderr.trim()}`);
}

async function addNamespace(ip: string, name: string): Promise<EveryLanguage | undefined> {
  const { code, stderr } = await runCommand(ip, ['netns', 'add', name]);
  return code === 0 || stderr.includes('File exists') ? undefined : refusalOf(stderr);
}

function raiseLoopback(ip: string, name: string) {
  return runCommand(ip, ['-netns', name, 'link', 'set', 'lo', 'up']);
}

function refusalOf(stderr: string): EveryLanguage | undefined {
  if (stderr === '') return undefined;
  if (/Operation not permitted|Permission denied/.test(stderr)) {
    return unavailableWords.table.noNamespaces;
  }
  const why = stderr.trim().split('\n').at(-1) ?? '';
  return everyLanguage((language) => unavailableWords(language).namespaceFailed(why));
}
