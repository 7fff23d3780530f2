import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../ports/clock.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql } from '../ports/store.ts';
import { bannerOf, type SourceState, type Unreadable } from './banner.ts';
import { loadPolicy, type PolicyFile } from './load-policy.ts';
import { lastGood, saveBroken, saveGood } from './policy-store.ts';
import { readCommit } from './read-commit.ts';
import type { KnownPlugins } from './response-rules.ts';
import { safeDefaults } from './safe-defaults.ts';

/**
 * What a refresh found: `loaded` put another policy in force or made a broken or unreadable state good again;
 * `broken` and `unreadable` left the one in force; `unchanged` found what the refresh before found.
 */
export type RefreshResult = 'unchanged' | 'loaded' | 'broken' | 'unreadable';

export interface LivePolicySource extends PolicySource {
  /** Looks at the default branch once, never throws for the forge, never retries. Calls run one after another. */
  refresh(): Promise<RefreshResult>;
  /** Whether the policy in force is the newest, and if not why. */
  state(): SourceState;
  /**
   * Why no alert may be given its place and nothing published: the last good policy said who reads what, is not valid for
   * this version, and no other is in force; or none was ever read and the forge is away. Undefined when they may.
   */
  held(): string | undefined;
}

export interface PolicySourceDeps {
  forge: Pick<Forge, 'repository' | 'head' | 'files'>;
  repo: RepoRef;
  store: Sql;
  known: KnownPlugins;
  clock: Pick<Clock, 'now'>;
  log: { info(sentence: string): void; warn(sentence: string): void };
}

/**
 * The policy in force: the newest good commit of the default branch, else the last good one that was ever read (kept
 * in the store), else safe defaults. Until the first refresh it is safe defaults.
 */
export function createPolicySource(deps: PolicySourceDeps): LivePolicySource {
  const source = new PolicyInForce(deps);
  let last: Promise<unknown> = Promise.resolve();
  return {
    current: () => source.policy,
    banner: () => bannerOf(source.state, source.policy),
    state: () => source.state,
    held: () => source.held ?? source.unasked,
    refresh() {
      // A push and the sweep may ask at once; the later one must see the newer commit.
      const next = last.then(() => source.refresh());
      last = next.catch(() => undefined);
      return next;
    },
  };
}

class PolicyInForce {
  policy: Policy;
  state: SourceState = { is: 'unread' };
  held: string | undefined;
  /** Why nobody knows yet what the policy says; it may name rooms. */
  unasked: string | undefined;
  readonly #deps: PolicySourceDeps;
  readonly #name: string;
  #restored = false;
  /** Whether the forge has said what the repository holds, or the store has. */
  #known = false;

  constructor(deps: PolicySourceDeps) {
    this.#deps = deps;
    this.#name = `${deps.repo.owner}/${deps.repo.name}`;
    this.policy = safeDefaults(this.#name);
  }

  async refresh(): Promise<RefreshResult> {
    await this.#restore();
    let head: string | undefined;
    try {
      const { forge, repo } = this.#deps;
      const { defaultBranch } = await forge.repository(repo);
      head = await forge.head(repo, defaultBranch);
      return head === undefined ? this.#settle({ is: 'empty' }) : await this.#read(head);
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      return this.#settle({ is: 'unreadable', because: reasonOf(error), passing: isPassing(error) });
    }
  }

  /** Puts the last good commit in force before the forge is asked, once. */
  async #restore(): Promise<void> {
    if (this.#restored) return;
    const { store, known, log } = this.#deps;
    const stored = await lastGood(store, this.#name);
    this.#restored = true;
    if (!stored) return;
    this.#known = true;
    const { policy, problems } = loadPolicy(stored.files, { commit: stored.commit, repository: this.#name }, known);
    if (problems.length === 0) {
      this.policy = policy;
      return;
    }
    const sentence = `The policy that was in force (${stored.commit}) is no longer valid for this version of Yagura`;
    log.warn(`${sentence}.`);
    // What it masked stays masked, as far as that can still be read.
    this.policy = { ...this.policy, privacy: policy.privacy };
    if (namesRooms(stored.files))
      this.held = `${sentence}, and it says which repository an alert belongs in: alerts are kept, and nothing is published, until a policy in ${this.#name} is good`;
  }

  async #read(head: string): Promise<RefreshResult> {
    const { forge, repo, store, known, clock } = this.#deps;
    const { state } = this;
    const judged = (state.is === 'good' || state.is === 'broken') && state.commit === head;
    if (judged) return 'unchanged';

    const { files, refused } = await readCommit(forge, repo, head);
    if (files.length === 0 && refused.length === 0) return this.#settle({ is: 'empty' });
    const { policy, problems } = loadPolicy(files, { commit: head, repository: this.#name }, known);
    problems.unshift(...refused);
    if (problems.length > 0) {
      await saveBroken(store, this.#name, head, problems, clock.now());
      return this.#settle({ is: 'broken', commit: head, problems });
    }
    await saveGood(store, this.#name, { commit: head, files }, clock.now());
    this.policy = policy;
    this.held = undefined;
    return this.#settle({ is: 'good', commit: head });
  }

  /** Takes the new state; says so once when it is another one. */
  #settle(state: SourceState): RefreshResult {
    this.#known ||= state.is !== 'unreadable' || !state.passing;
    this.unasked = this.#known
      ? undefined
      : `The policy in ${this.#name} has never been read, and it may say which repository an alert belongs in: alerts are kept, and nothing is published, until the forge answers`;
    const before = bannerOf(this.state, this.policy, 'en');
    const same = this.state.is === state.is && before === bannerOf(state, this.policy, 'en') && state.is !== 'good';
    this.state = state;
    if (same) return 'unchanged';
    const banner = bannerOf(state, this.policy, 'en');
    if (banner) this.#deps.log.warn(banner);
    else this.#deps.log.info(`Policy ${this.#name}@${this.policy.commit.slice(0, 12)} is in force.`);
    if (state.is === 'good') return 'loaded';
    return state.is === 'broken' ? 'broken' : 'unreadable';
  }
}

/** Whether a policy that cannot be read any more may have said where alerts go; its words are looked at, not its meaning. */
function namesRooms(files: readonly PolicyFile[]): boolean {
  const settings = files.find(({ path }) => path === 'yagura.md');
  return settings !== undefined && /\b(?:rooms|routes)\b/.test(Buffer.from(settings.content).toString('utf8'));
}

function isPassing({ reason }: ForgeError): boolean {
  return reason !== 'not-found' && reason !== 'forbidden' && reason !== 'unauthorized';
}

function reasonOf(error: ForgeError): Unreadable {
  switch (error.reason) {
    case 'not-found':
      return 'notThere';
    case 'forbidden':
    case 'unauthorized':
      return 'notAllowed';
    case 'primary-limit':
    case 'secondary-limit':
      return 'asksToWait';
    default:
      return 'away';
  }
}
