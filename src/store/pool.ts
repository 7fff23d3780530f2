import pg from 'pg';

/** Connections of the pool: one for each worker and some for requests. */
const poolSize = 16;

/** Longest wait for a connection, new or free: past it the request fails, so that its sender tries again. */
const connectionWaitMs = 30_000;

/** A pool whose connections may end at any moment: whoever uses one hears of it by their query, `say` of idle ones. */
export function openPool(config: pg.PoolConfig, say: (line: string) => void): pg.Pool {
  const pool = new pg.Pool({ ...config, max: poolSize, connectionTimeoutMillis: connectionWaitMs });
  pool.on('error', (error) => say(`database connection: ${error.message}`));
  // Between the pool's handing a connection out and its user's next line nobody listens; an end heard of just then
  // would be an uncaught exception and end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
