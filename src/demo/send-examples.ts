import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { startDemoForge } from './demo-forge.ts';

type DemoForge = Awaited<ReturnType<typeof startDemoForge>>;

const folder = new URL('../../examples/', import.meta.url);

/** The moment the bundled examples' clock stands at; see their README. */
const written = Date.parse('2026-03-01T12:04:00Z');

/**
 * Sends the bundled example alerts and events through the real ingest endpoint and as signed webhooks, once for a data directory:
 * their idempotency key is fixed, so a restart repeats nothing. Returns how many records went out.
 */
export async function sendExamples(options: {
  appPort: number;
  token: string;
  forge: DemoForge;
  signal: AbortSignal;
}): Promise<{ accepted: number }> {
  const { appPort, token, forge } = options;
  const shift = Date.now() - written;
  let accepted = 0;
  for (const [source, file, type] of [
    ['falco', 'alerts/falco-cryptomining.ndjson', 'application/x-ndjson'],
    ['guardduty', 'alerts/guardduty-finding.json', 'application/json'],
    ['cloudtrail', 'events/cloudtrail-ci-deploy.ndjson', 'application/x-ndjson'],
    ['web-access', 'events/web-access-shop.txt', 'text/plain'],
  ] as const) {
    const response = await fetch(`http://127.0.0.1:${appPort}/ingest/${source}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': type,
        'idempotency-key': `demo-${file.replace(/^.*\//, '')}`,
      },
      body: shifted(file, shift),
      signal: options.signal,
    });
    const answer = (await response.json()) as { accepted?: number };
    accepted += answer.accepted ?? 0;
  }
  for (const [event, file] of [
    ['secret_scanning_alert', 'alerts/github-secret-scanning.json'],
    ['dependabot_alert', 'alerts/github-dependabot.json'],
  ] as const) {
    await sendWebhook(options, event, file, forge.github.webhookSecrets[0], shift);
    accepted += 1;
  }
  return { accepted };
}

async function sendWebhook(
  { appPort, forge, signal }: { appPort: number; forge: DemoForge; signal: AbortSignal },
  event: string,
  file: string,
  secret: string,
  shift: number,
): Promise<void> {
  const payload = JSON.parse(shifted(file, shift)) as Record<string, unknown>;
  const body = JSON.stringify({ ...payload, installation: { id: forge.seeded.installationId, node_id: 'demo' } });
  await fetch(`http://127.0.0.1:${appPort}/api/github/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': event === 'dependabot_alert' ? 'demo-dependabot' : 'demo-secret-scanning',
      'x-github-hook-id': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
    signal,
  });
}

/** The file with every time in it, of ISO 8601 or of access logs, moved by `shift` milliseconds. */
function shifted(file: string, shift: number): string {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return text
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g, (time) =>
      new Date(Date.parse(time) + shift).toISOString(),
    )
    .replace(/\[(\d{2})\/(\w{3})\/(\d{4}):([\d:]{8}) \+0000\]/g, (_, day, month, year, clock) =>
      accessTime(new Date(Date.parse(`${day} ${month} ${year} ${clock} GMT`) + shift)),
    );
}

/** `[01/Mar/2026:11:56:02 +0000]`. */
function accessTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ');
  return `[${day}/${month}/${year}:${clock} +0000]`;
}
