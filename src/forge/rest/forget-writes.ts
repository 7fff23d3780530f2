import type { ForgeState } from '../forge-state.ts';

/** Write records kept over a restart: far more than an hour's budget, far less than a long life collects. */
const KEPT_WRITES = 20_000;

/** Drops the oldest write records above the number kept. */
export function forgetOldWrites(forge: ForgeState): void {
  const excess = forge.store.size('write') - KEPT_WRITES;
  if (excess <= 0) return;
  forge.store.transact(() => {
    for (const write of forge.store.all('write').slice(0, excess)) forge.store.remove('write', write.id);
  });
}
