import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A stretch of wire between two servers that writes down what passes and can be cut. */
export interface Hop extends AsyncDisposable {
  /** Without a trailing slash. */
  url: string;
  /** What passed, as `METHOD path status`, in order of answers. */
  passed: string[];
  /** While true no connection gets an answer. */
  cut: boolean;
  /** Connections that were cut. */
  lost: number;
  /** Requests (`METHOD path`) that are answered 404, as by a server that does not know them. */
  unknown: RegExp[];
}

/** Hands every request on to `target` (an address without a trailing slash), on a free port of loopback. */
export async function hop(target: () => string): Promise<Hop> {
  const server = createServer((request, response) => {
    if (wire.cut) {
      wire.lost += 1;
      request.destroy();
      return;
    }
    handOn(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');

  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const body = Buffer.concat(await request.toArray());
    if (wire.unknown.some((pattern) => pattern.test(`${method} ${url}`))) {
      wire.passed.push(`${method} ${url} 404`);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
      return;
    }
    const answer = await fetch(`${target()}${url}`, {
      method,
      headers: headersOf(request),
      redirect: 'manual',
      ...(body.length > 0 ? { body } : {}),
    });
    const text = Buffer.from(await answer.arrayBuffer());
    wire.passed.push(`${method} ${url} ${answer.status}`);
    // Node's fetch has undone the compression, and the length was of the compressed text.
    const headers = [...answer.headers].filter(
      ([name]) => !/^(content-encoding|content-length|connection)$/.test(name),
    );
    response.writeHead(answer.status, Object.fromEntries(headers));
    response.end(text);
  }

  const wire: Hop = {
    url: `http://127.0.0.1:${address.port}`,
    passed: [],
    cut: false,
    lost: 0,
    unknown: [],
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return wire;
}

function headersOf(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headers)
    .filter(([name]) => !/^(host|connection|content-length|transfer-encoding|expect)$/.test(name))
    .map(([name, value]) => [name, String(value)]);
}
