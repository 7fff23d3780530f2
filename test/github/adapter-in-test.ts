import { createForge, type GithubForge } from '../../src/github/forge.ts';
import { type ForgeError, ForgeError as Refusal } from '../../src/ports/forge.ts';
import { judgedFetch } from '../forge/judged-fetch.ts';
import { type ForgeInTest, forgeInTest } from '../forge/running-forge.ts';

export const soc = { owner: 'acme', name: 'soc' };
export const config = { owner: 'acme', name: 'soc-config' };

export interface AdapterInTest {
  t: ForgeInTest;
  github: GithubForge;
  /** Every request the adapter sent, as `METHOD path status`; `cut` when no answer came. */
  requests: string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** The real adapter against a real embedded forge over HTTP, every answer judged by GitHub's description. */
export async function adapterInTest(options: Parameters<typeof forgeInTest>[0] = {}): Promise<AdapterInTest> {
  const t = await forgeInTest(options);
  const requests: string[] = [];
  const judge = judgedFetch(t.forge.apiUrl);
  const github = createForge({
    apiUrl: t.forge.apiUrl,
    appId: t.seeded.appId,
    privateKey: t.seeded.privateKey,
    userAgent: 'yagura-test',
    retryDelays: [1, 1],
    now: () => new Date(t.forge.state.clock.now()),
    fetch: async (input, init) => {
      const path = String(input).slice(t.forge.apiUrl.length);
      const line = `${init?.method ?? 'GET'} ${path}`;
      try {
        const response = await judge.fetch(input, init);
        requests.push(`${line} ${response.status}`);
        return response;
      } catch (error) {
        requests.push(`${line} cut`);
        throw error;
      }
    },
  });
  const dispose = async () => {
    await t[Symbol.asyncDispose]();
    if (judge.problems.length > 0) throw new Error(`Not as GitHub describes it:\n${judge.problems.join('\n')}`);
  };
  return { t, github, requests, [Symbol.asyncDispose]: dispose };
}

/** The `ForgeError` a call ends in. */
export async function forgeErrorOf(call: Promise<unknown>): Promise<ForgeError> {
  const outcome = await call.then(
    () => 'it went through',
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome;
  throw new Error('No ForgeError was thrown.', { cause: outcome });
}
