import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What people see there. */
export interface Seen {
  /** The line of the notification. */
  line: string;
  /** All of it as people read it. */
  text: string;
  links: string[];
  /** By which the vendor takes two messages for one; undefined: it does not. */
  key?: string;
  action?: string;
}

/** What the vendor does with the next request instead of taking it. `cut`: takes it and hangs up; `hang`: takes it and never answers. */
export type Fault = { status: number; retryAfter?: string; body?: string } | 'cut' | 'hang' | 'drop';

/** A server that stands for a vendor: it takes only what the vendor's documentation says. */
export interface Vendor extends AsyncDisposable {
  /** The value of the channel's variable. */
  secret: string;
  settings: Record<string, unknown>;
  seen: Seen[];
  /** Why requests were turned down, when they were not of the documented shape. */
  wrong: string[];
  /** Requests of any kind. */
  requests: number;
  faults: Fault[];
}

/** An HTTP vendor: `take` reads a body, or throws what is wrong with it; `answer` is what the vendor says when all is well. */
export async function httpVendor(options: {
  take(body: unknown): Seen;
  answer: { status: number; body: string };
  bad: { status: number; body: string };
  limit: number;
  secret(url: string): string;
}): Promise<Vendor> {
  const vendor: Omit<Vendor, 'secret' | typeof Symbol.asyncDispose> = {
    settings: {},
    seen: [],
    wrong: [],
    requests: 0,
    faults: [],
  };
  const server = createServer((req, res) => void handle(req, res));
  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    vendor.requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const fault = vendor.faults.shift();
    if (fault === 'drop') return void req.socket.destroy();
    if (fault && fault !== 'cut' && fault !== 'hang') {
      res.writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter });
      return void res.end(fault.body ?? '');
    }
    const body = Buffer.concat(chunks);
    try {
      if (req.method !== 'POST') throw new Error(`method ${req.method}`);
      if (!req.headers['content-type']?.startsWith('application/json')) throw new Error('content type');
      if (body.length > options.limit) throw new Error('too large');
      vendor.seen.push(options.take(JSON.parse(body.toString('utf8'))));
    } catch (error) {
      vendor.wrong.push(String(error));
      res.writeHead(options.bad.status);
      return void res.end(options.bad.body);
    }
    if (fault === 'hang') return;
    if (fault === 'cut') return void req.socket.destroy();
    res.writeHead(options.answer.status);
    res.end(options.answer.body);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(vendor, {
    secret: options.secret(`http://127.0.0.1:${port}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
