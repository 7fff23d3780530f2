import { systemClock } from '../../src/clock.ts';
import { sha256 } from '../../src/domain/canonical.ts';
import { pipelineStep } from '../../src/pipeline.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { createDetections } from '../../src/run/detections.ts';
import { generic } from '../../src/sources/generic.ts';
import { openStore } from '../../src/store/open-store.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { sampleAlerts } from '../sample-alerts.ts';
import { serveOrders } from '../worker.ts';

export interface PipelineOrder {
  databaseUrl: string;
  alerts: number;
  stories: 'own' | number;
}

export interface Grouped {
  /** Alerts a second from raw record to incident. */
  rate: number;
  incidents: number;
  /** Largest this process ever was, in MB. */
  peakMb: number;
}

const batch = 500;

/** Stores raw records, then groups them as the app does. */
serveOrders(async ({ databaseUrl, alerts, stories }: PipelineOrder): Promise<Grouped> => {
  const io = { signal: new AbortController().signal, say: () => undefined, onGone: console.error };
  const { store } = await openStore({ databaseUrl, dataDir: '' }, io);
  const sample = sampleAlerts(stories);
  for (let from = 0; from < alerts; from += batch) {
    const records = Array.from({ length: Math.min(batch, alerts - from) }, (_, k) => {
      const content = sample.make(from + k);
      const contentHash = sha256(content);
      return { source: 'generic', content, contentHash, identity: contentHash, byBytes: true, origin: null };
    });
    await writeRecords(store, new Date(), records);
  }
  const policy = safeDefaults('acme/soc-config');
  const deps = {
    store,
    clock: systemClock,
    policy: { current: () => policy, banner: () => undefined },
    sources: new Map([['generic', generic]]),
    detections: createDetections(() => undefined),
  };
  const started = performance.now();
  while ((await pipelineStep(deps)) > 0);
  const seconds = (performance.now() - started) / 1000;
  const found = await store.query<{ n: number }>(`select count(*)::int as n from incident where status = 'open'`);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { rate: alerts / seconds, incidents: found.rows[0]?.n ?? 0, peakMb };
});
