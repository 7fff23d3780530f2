import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { cutText } from '../../domain/cut.ts';
import type { Channel, OpenChannel, Outcome } from '../channel.ts';
import type { Message } from '../message.ts';
import { isLoopback } from '../secret-address.ts';

/** A bare address; nothing in it can end a header or begin a second recipient. */
const address = z
  .string()
  .max(254)
  .regex(/^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/, 'a mail address is soc@example.com.');

const settings = z.strictObject({ from: address, to: z.array(address).min(1).max(50) });
type MailSettings = z.infer<typeof settings>;

/** Where the server is and who we are there. */
interface Server {
  host: string;
  port: number;
  secure: boolean;
  /** STARTTLS is demanded where the connection does not begin encrypted; loopback needs none. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

/** Characters of a subject; programs show fewer. */
const subjectLimit = 200;

/**
 * Mail over SMTP, as plain text: there is no HTML to escape. The value of the variable is `smtps://user:password@host:465`,
 * or `smtp://…:587`, which must offer STARTTLS.
 */
export const mail: Channel<MailSettings> = {
  name: 'mail',
  title: 'The mail server',
  settings,
  events: ['opened', 'raised'],
  once: false,
  open(secret, { from, to }, { timeoutMs }): OpenChannel | { unavailable: string } {
    const server = serverOf(secret);
    if ('unavailable' in server) return server;
    return {
      async send(message): Promise<Outcome> {
        const transport = createTransport({
          ...server,
          connectionTimeout: timeoutMs,
          greetingTimeout: timeoutMs,
          dnsTimeout: timeoutMs,
          socketTimeout: timeoutMs,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        try {
          await transport.sendMail(mailOf(message, from, to));
          return { is: 'sent' };
        } catch (error) {
          return failed(error);
        } finally {
          transport.close();
        }
      },
    };
  },
};

function mailOf(message: Message, from: string, to: string[]) {
  const { line, facts, link, id, key } = message;
  const domain = from.slice(from.indexOf('@') + 1);
  const thread = `<${key.replace(/[^A-Za-z0-9.-]+/g, '.')}@${domain}>`;
  return {
    from,
    to,
    subject: cutText(line, subjectLimit),
    text: [line, '', ...facts.map(({ name, value }) => `${name}: ${value}`), ...(link ? ['', link.url] : [])].join(
      '\n',
    ),
    // The same on every try, so that a server or program that looks for doubles finds one.
    messageId: `<yagura.${id}@${domain}>`,
    references: thread,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

function serverOf(text: string): Server | { unavailable: string } {
  const url = URL.parse(text);
  const secure = url?.protocol === 'smtps:';
  if (!url?.hostname || (!secure && url.protocol !== 'smtp:')) {
    return { unavailable: 'its value is not an address such as smtps://user:password@mail.example.com:465' };
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const auth = { user: decoded(url.username), pass: decoded(url.password) };
  return {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !isLoopback(url.hostname),
    ...(auth.user === '' ? {} : { auth }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What nodemailer throws, as far as it is read. */
const failure = z.object({
  code: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  syscall: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  timeoutType: z.string().optional().catch(undefined),
});

/** Failures before the message itself was on its way. */
const before = new Set(['EDNS', 'ETLS', 'EAUTH', 'EENVELOPE', 'EREQUIRETLS', 'ECONFIG']);

/** The server's own words are left out: they repeat addresses and sometimes what was tried. */
function failed(error: unknown): Outcome {
  const read = failure.safeParse(error).data ?? {};
  const { code, responseCode, syscall, originalCode, timeoutType } = read;
  if (responseCode !== undefined) {
    const sentence = `the mail server answered ${responseCode}${code === 'EAUTH' ? ' to our login' : ''}`;
    return responseCode >= 500 ? { is: 'refused', sentence } : { is: 'later', sentence };
  }
  const named = originalCode ?? code;
  const why = named ? ` (${named})` : '';
  const early = syscall === 'connect' || syscall === 'getaddrinfo' || (code !== undefined && before.has(code));
  if (early || (timeoutType !== undefined && timeoutType !== 'SOCKET_TIMEOUT')) {
    return { is: 'later', sentence: `the mail server cannot be reached${why}` };
  }
  return { is: 'unknown', sentence: `the connection to the mail server broke before it answered${why}` };
}
