import { Readable, Writable } from 'node:stream';
import { main } from '../../../src/cli/main.ts';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `yagura detect` in this process. */
export async function runDetect(args: readonly string[], input = ''): Promise<Ran> {
  const [stdout, stderr] = [new Gathered(), new Gathered()];
  const io = { stdin: Readable.from([Buffer.from(input)]), stdout, stderr, env: {}, cwd: process.cwd() };
  const code = await main(['detect', ...args], io);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Keeps what is written to it. */
export class Gathered extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
