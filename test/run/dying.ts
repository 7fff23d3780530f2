import type { WorkerDeps } from './spine.ts';

/** The same for a worker whose process dies at the end of each transaction, before it is written. */
export function dying(deps: WorkerDeps): WorkerDeps {
  const { store } = deps;
  const killed: typeof store.transaction = (work) =>
    store.transaction(async (tx) => {
      await work(tx);
      throw new Error('killed');
    });
  return { ...deps, store: { ...store, query: store.query.bind(store), transaction: killed } };
}
