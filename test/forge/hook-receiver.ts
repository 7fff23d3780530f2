import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '@octokit/webhooks-methods';

export interface ReceivedHook {
  event: string;
  guid: string;
  headers: IncomingHttpHeaders;
  body: string;
  payload: { action?: string; [key: string]: unknown };
}

/** A real HTTP server that receives hooks, remembers them and can check their signature. */
export async function hookReceiver(status: () => number = () => 202) {
  const hooks: ReceivedHook[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { headers } = request;
      const event = String(headers['x-github-event']);
      hooks.push({ event, guid: String(headers['x-github-delivery']), headers, body, payload: JSON.parse(body) });
      response.writeHead(status()).end('received');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    hooks,
    names: () => hooks.map((hook) => (hook.payload.action ? `${hook.event}.${hook.payload.action}` : hook.event)),
    genuine: (hook: ReceivedHook, secret: string) =>
      verify(secret, hook.body, String(hook.headers['x-hub-signature-256'])),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
