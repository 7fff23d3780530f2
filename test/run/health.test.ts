import { expect, it } from 'vitest';
import { healthHandlers } from '../../src/run/health.ts';
import { startServer } from '../../src/server.ts';

it('names resources that cannot be used here in notes, and is ready all the same', async () => {
  const readiness = {
    refresh: async () => undefined,
    visibilityChanged: () => undefined,
    publishingStopped: () => undefined,
    issuesOff: () => undefined,
    problems: async () => [],
  };
  const unavailable = new Map([['host', { en: 'There is no nft here.', ja: 'nft がありません。' }]]);
  const server = await startServer(
    { host: '127.0.0.1', port: 0, log: () => undefined },
    healthHandlers(readiness, unavailable),
  );
  try {
    const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      ready: true,
      problems: [],
      notes: [{ part: 'resource host', note: 'There is no nft here.' }],
    });
  } finally {
    await server.stop();
  }
});
