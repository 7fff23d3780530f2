import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { platform } from 'node:process';
import { YaguraError } from '../../domain/error.ts';

/**
 * Holds the data directory for this process: a second one would replace the journal under the first. The lock is a name
 * in Linux's abstract socket space, which the kernel frees however the process dies; elsewhere there is none.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  if (platform !== 'linux') return async () => {};
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32);
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const sentence = `The forge's data directory ${dataDir} is in use by another forge.`;
      reject(new YaguraError('data-directory', sentence, { hint: 'Stop the other one first.', cause }));
    });
    server.listen(`\0yagura-forge-${name}`, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}
