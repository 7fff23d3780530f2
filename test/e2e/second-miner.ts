import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningDemo } from './running-demo.ts';

const example = new URL('../../examples/alerts/falco-cryptomining.ndjson', import.meta.url);

/** What of the example joins its incident, and what stands for it here. */
const elsewhere: [RegExp, string][] = [
  [/web-01/g, 'app-02'],
  [/3f1c2a9b7d10/g, '77aa77aa77aa'],
  [/198\.51\.100\.23/g, '198.51.100.77'],
  [/203\.0\.113\.7\b/g, '203.0.113.77'],
  [/pool\.mining\.example/g, 'pool.second.example'],
  [/"5ec0de00/g, '"5ec0de11'],
];

/** Sends the bundled miner once more, as if it ran on another host, `app-02`, two minutes ago. */
export async function sendSecondMiner(demo: RunningDemo): Promise<void> {
  const start = Date.now() - 120_000;
  let text = readFileSync(example, 'utf8');
  const first = Date.parse(/"time":"([^"]+)"/.exec(text)?.[1] ?? '');
  text = text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (time) =>
    new Date(Date.parse(time) - first + start).toISOString(),
  );
  for (const [one, other] of elsewhere) text = text.replace(one, other);
  const token = readFileSync(join(demo.dataDir, 'ingest-token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${demo.appUrl}/ingest/falco`, { method: 'POST', headers, body: text });
  if (!response.ok) throw new Error(`ingest: ${response.status} ${await response.text()}`);
}
