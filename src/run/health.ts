import type { EveryLanguage } from '../domain/locale.ts';
import type { Routes } from '../server.ts';
import type { Readiness } from './readiness.ts';

/**
 * `/healthz`: the process lives. `/readyz`: everything it needs is there, or what is not and why; `notes` name resources
 * of the policy that cannot be used here, and whom nobody tells, which keeps nothing else from working.
 */
export function healthHandlers(
  readiness: Readiness,
  unavailable: ReadonlyMap<string, EveryLanguage>,
  more: () => Promise<{ part: string; note: string }[]> = async () => [],
): Routes {
  const answer = (res: Parameters<Routes[string]>[1], status: number, body: unknown) => {
    res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    res.end(JSON.stringify(body));
  };
  return {
    '/healthz': async (_req, res) => answer(res, 200, { alive: true }),
    '/readyz': async (_req, res) => {
      const problems = await readiness.problems();
      const resources = [...unavailable].map(([resource, note]) => ({ part: `resource ${resource}`, note: note.en }));
      const notes = [...resources, ...(await more())];
      answer(res, problems.length === 0 ? 200 : 503, { ready: problems.length === 0, problems, notes });
    },
  };
}
