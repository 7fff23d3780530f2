import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the processes whose parent is `pid` and whose command line has `part`, from `/proc`. */
export function childProcesses(pid: number, part: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid && fieldsOf(Number(name), 'cmdline').some((one) => one.includes(part)))
    .map(Number);
}

/** The command line or environment of a process, as it was started; empty when it is gone. */
export function fieldsOf(pid: number, file: 'cmdline' | 'environ'): string[] {
  return (read(`/proc/${pid}/${file}`) ?? '').split('\0').filter((one) => one !== '');
}

/** Whether a process is there; one that ended and waits for its parent to ask is not. */
export function lives(pid: number): boolean {
  const state = /\) (\S)/.exec(read(`/proc/${pid}/stat`) ?? '')?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function parentOf(name: string): number {
  return Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`) ?? '')?.[1] ?? -1);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
