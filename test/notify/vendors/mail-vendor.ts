import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Seen, Vendor } from './vendor.ts';

/** A real SMTP server that wants a login; a fault is its answer to the message, or a connection cut after it. */
export async function mailVendor(): Promise<Vendor> {
  const vendor: Omit<Vendor, 'secret' | typeof Symbol.asyncDispose> = {
    settings: { from: 'yagura@example.com', to: ['soc@example.com', 'boss@example.org'] },
    seen: [],
    wrong: [],
    requests: 0,
    faults: [],
  };
  const sockets = new Set<{ destroy(): unknown }>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth(auth, _session, callback) {
      if (auth.username === 'us er' && auth.password === 'p@ss:word') callback(null, { user: 'us er' });
      else callback(new Error('Invalid username or password'));
    },
    onData(stream, session, callback) {
      void taken(stream, session).then(
        (fault) => {
          if (typeof fault === 'string') for (const socket of sockets) socket.destroy();
          else if (fault) callback(Object.assign(new Error('Synthetic'), { responseCode: fault.status }));
          else callback(null, 'taken');
        },
        (error: Error) => callback(error),
      );
    },
  });
  async function taken(stream: SMTPServerDataStream, session: SMTPServerSession) {
    vendor.requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const fault = vendor.faults.shift();
    if (fault && fault !== 'cut') return fault;
    const recipients = session.envelope.rcptTo.map(({ address }) => address);
    if (recipients.join() !== 'soc@example.com,boss@example.org') vendor.wrong.push(`recipients ${recipients}`);
    vendor.seen.push(readMail(Buffer.concat(chunks).toString('latin1'), vendor.wrong));
    return fault;
  }
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(vendor, {
    secret: `smtp://us%20er:p%40ss%3Aword@127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

const known = new Set([
  'from',
  'to',
  'subject',
  'message-id',
  'references',
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
  'x-auto-response-suppress',
]);

/** A mail of one text part, read by RFC 5322 and 2047 far enough to see what a person sees. */
function readMail(raw: string, wrong: string[]): Seen {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(line) ?? [];
    if (!known.has(name.toLowerCase()) || headers.has(name.toLowerCase())) wrong.push(`header ${line}`);
    headers.set(name.toLowerCase(), value);
  }
  if (!headers.get('content-type')?.startsWith('text/plain')) wrong.push(`type ${headers.get('content-type')}`);
  const body = decoded(rest.join('\r\n\r\n'), headers.get('content-transfer-encoding') ?? '7bit');
  return {
    line: words(headers.get('subject') ?? ''),
    text: body.trim(),
    links: body.match(/https?:\/\/\S+/g) ?? [],
    key: headers.get('message-id') ?? '',
  };
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(text, 'latin1').toString('utf8');
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Encoded words of a header. */
function words(value: string): string {
  return value
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decoded(text.replaceAll('_', ' '), 'quoted-printable'),
    );
}
