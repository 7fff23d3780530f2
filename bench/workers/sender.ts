import { connect, type Socket } from 'node:net';
import { percentile } from '../figures.ts';
import { type Alerts, sampleAlerts } from '../sample-alerts.ts';
import { serveOrders } from '../worker.ts';

export interface SendOrder {
  port: number;
  token: string;
  connections: number;
  /** Alerts in a body: 1 is a JSON object, more are NDJSON. */
  batch: number;
  seconds: number;
  /** Requests a second over all connections at most; as many as it takes without it. */
  perSecond?: number;
}

export interface Sent {
  /** Alerts acknowledged a second. */
  rate: number;
  alerts: number;
  p50: number;
  /** Milliseconds from the first byte sent to the last byte of the answer. */
  p99: number;
}

let next = 0;

/**
 * Sends alerts over keep-alive connections, each as soon as the last was answered. Plain sockets and buffers that are
 * used again, so that the sender takes little of the processor that the server needs.
 */
serveOrders(async (order: SendOrder): Promise<Sent> => {
  const alerts = sampleAlerts();
  const latencies: number[] = [];
  const from = performance.now();
  let requests = 0;
  /** Milliseconds to wait before the next request; undefined when time is up. */
  const wait = (): number | undefined => {
    const now = performance.now();
    if (now >= from + order.seconds * 1000) return undefined;
    return order.perSecond === undefined ? 0 : Math.max(0, from + (requests++ * 1000) / order.perSecond - now);
  };
  await Promise.all(Array.from({ length: order.connections }, () => sendAll(order, alerts, wait, latencies)));
  const seconds = (performance.now() - from) / 1000;
  const sent = latencies.length * order.batch;
  return { rate: sent / seconds, alerts: sent, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
});

function sendAll(order: SendOrder, alerts: Alerts, wait: () => number | undefined, latencies: number[]): Promise<void> {
  const { request, bodyAt } = requestOf(order, alerts);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
    let startedAt = 0;
    const send = () => {
      for (let k = 0; k < order.batch; k += 1) alerts.write(request, bodyAt + k * (alerts.bytes + 1), next++);
      startedAt = performance.now();
      socket.write(request);
    };
    socket.on('error', reject);
    socket.on('connect', send);
    socket.on('end', () => reject(new Error('the server hung up')));
    onAnswers(socket, (status, body) => {
      if (status !== 202) return reject(new Error(`the server answered ${status}: ${body}`));
      const now = performance.now();
      latencies.push(now - startedAt);
      const ms = wait();
      if (ms === 0) return send();
      if (ms !== undefined) return void setTimeout(send, ms);
      socket.removeAllListeners('end');
      socket.end();
      resolve();
    });
  });
}

/** A whole request with room for its alerts. */
function requestOf({ token, batch }: SendOrder, alerts: Alerts): { request: Buffer; bodyAt: number } {
  const length = batch * (alerts.bytes + 1) - 1;
  const head = Buffer.from(
    `POST /ingest/generic HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/${
      batch === 1 ? 'json' : 'x-ndjson'
    }\r\ncontent-length: ${length}\r\n\r\n`,
  );
  const request = Buffer.alloc(head.length + length, '\n');
  head.copy(request);
  return { request, bodyAt: head.length };
}

/** Reads answers that carry a content-length. */
function onAnswers(socket: Socket, answered: (status: number, body: string) => void): void {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    text += part;
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < end + 4 + length) return;
    const status = Number(text.slice(9, 12));
    const body = status === 202 ? '' : text.slice(end + 4, end + 400);
    text = '';
    answered(status, body);
  });
}
