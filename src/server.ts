import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { YaguraError } from './domain/error.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Path prefixes and who answers them; the longest one that fits wins. */
export type Routes = Record<string, Handler>;

export interface RunningServer {
  port: number;
  /** Takes no new connection and ends when what runs is answered. */
  stop(): Promise<void>;
}

/** Serves routes; a handler that fails answers 500 without saying why to the sender. */
export async function startServer(
  options: { host: string; port: number; log(sentence: string): void },
  routes: Routes,
): Promise<RunningServer> {
  const prefixes = Object.keys(routes).sort((a, b) => b.length - a.length);
  const unanswered = new Set<ServerResponse>();
  let stopping = false;
  const closeWhenAnswered = () => {
    if (stopping && unanswered.size === 0) server.closeAllConnections();
  };
  const server = createServer((req, res) => {
    unanswered.add(res);
    res.once('close', () => {
      unanswered.delete(res);
      closeWhenAnswered();
    });
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    const prefix = prefixes.find((p) => path === p || path.startsWith(p.endsWith('/') ? p : `${p}/`));
    const handler = prefix === undefined ? notFound : routes[prefix];
    void answer(handler ?? notFound, req, res).catch((error: unknown) => {
      options.log(`${req.method} ${path}: ${error instanceof Error ? error.message : String(error)}`);
      fail(res);
    });
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  await listen(server, options);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        server.close(() => resolve());
        closeWhenAnswered();
        setTimeout(() => server.closeAllConnections(), 3_000).unref();
      }),
  };
}

/** A handler that throws before its first `await` fails like one that rejects. */
async function answer(handler: Handler, req: IncomingMessage, res: ServerResponse): Promise<void> {
  await handler(req, res);
}

/** Half an answer must not look like a whole one. */
function fail(res: ServerResponse): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.writeHead(500, { 'content-type': 'application/json' });
  res.end('{"message":"Not stored; send it again."}');
}

async function notFound(_req: IncomingMessage, res: ServerResponse): Promise<void> {
  res.writeHead(404, { 'content-type': 'application/json' });
  res.end('{"message":"There is nothing here. GET /ingest lists what can be sent."}');
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const hint = cause.code === 'EADDRINUSE' ? 'Stop what uses it, or set PORT.' : 'Set HOST and PORT.';
      reject(
        new YaguraError('port-in-use', `Port ${port} on ${host} cannot be used (${cause.code ?? 'unknown'}).`, {
          hint,
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
