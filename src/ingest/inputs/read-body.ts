import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyLimit } from '../decompress.ts';
import type { Hold } from '../memory.ts';

/** Reads a body of at most `bodyLimit` bytes, each counted on `hold` as it comes. Rejects when the sender goes away. */
export async function readBody(req: IncomingMessage, hold: Hold): Promise<Buffer | 'too-large' | 'no-room'> {
  if (Number(req.headers['content-length'] ?? 0) > bodyLimit) return 'too-large';
  const parts: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the request: the refusal goes out over the same socket.
  for await (const part of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyLimit) return 'too-large';
    if (!hold.take(part.length)) return 'no-room';
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/**
 * Answers a sender who is still sending, then closes. Closing with bytes unread would reset the connection and lose
 * the answer, so up to twice `bodyLimit` is read and dropped first.
 */
export async function answerEarly(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  body: Buffer,
): Promise<void> {
  res.setHeader('connection', 'close');
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  res.write(body);
  let left = 2 * bodyLimit;
  try {
    for await (const part of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      left -= part.length;
      if (left < 0) break;
    }
  } catch {
    // The sender has hung up: it has its answer or does not want it.
  }
  res.end();
}
