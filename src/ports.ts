import type Anthropic from '@anthropic-ai/sdk';
import type { z } from 'zod';
import type { Dependency, WatchedRepository, WorkflowRun } from './domain/advisory.ts';
import type { CompletedCorrelation, Detection, EventToMatch, MatchedEvent } from './domain/detection.ts';
import type { Entity } from './domain/entity.ts';
import type { ModelUsage, Tier } from './domain/model.ts';
import type { Policy } from './domain/policy.ts';
import type { OpenUpdate } from './domain/update-branch.ts';
import type { Verdict } from './domain/verdict.ts';

/** Time, one origin for app and forge when `YAGURA_TIME_SCALE` is set. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds of this clock, or at once when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Rows of a query, `pg` style: `$1` parameters, columns as given. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number }>;
}

/** The operational store. */
export interface Store extends Sql {
  /** Runs `work` in one transaction; rolled back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Runs statements as one transaction, one of them a `copy … from stdin` of `data`; answers the rows of each. */
  copy<Row>(statements: string, data: Buffer): Promise<{ rows: Row[] }[]>;
  close(): Promise<void>;
}

/** A repository as GitHub knows it; `id` is what we hold it by, since names move. */
export interface ForgeRepository {
  id: number;
  owner: string;
  name: string;
  private: boolean;
  defaultBranch: string;
}

export interface ForgeUser {
  id: number;
  login: string;
  type: 'User' | 'Bot' | 'Organization' | string;
}

export interface ForgeIssue {
  id: number;
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: string | null;
  labels: string[];
  assignees: string[];
  locked: boolean;
  user: ForgeUser;
  /** True when a GitHub App wrote it for somebody. */
  viaApp: boolean;
  /** Who closed it; null when it is open, and wherever GitHub does not say, which only `issue` is sure to. */
  closedBy: ForgeUser | null;
  createdAt: Date;
  updatedAt: Date;
  isPullRequest: boolean;
}

export interface ForgeComment {
  id: number;
  issue: number;
  body: string;
  user: ForgeUser;
  viaApp: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface ForgeFile {
  path: string;
  content: Uint8Array;
}

/** GitHub's scanners that keep a list of their alerts, as their addresses name them. */
export const scanners = ['dependabot', 'code-scanning', 'secret-scanning'] as const;
export type Scanner = (typeof scanners)[number];

/** An account that installed the app. */
export interface ForgeAccount {
  installation: number;
  login: string;
  /** Only an organization has lists over all its repositories. */
  organization: boolean;
}

/** A repository in GitHub's own names, as far as an alert's record says it. */
export interface AlertRepository {
  id: number;
  name: string;
  full_name: string;
  private: boolean;
  html_url: string;
  owner: { login: string; id: number; type: string };
}

/** What a scanner found: in an organization (`acme`) or in one repository (`acme/shop-api`). */
export interface AlertList {
  installation: number;
  scanner: Scanner;
  of: string;
}

export interface ListedAlert {
  number: number;
  createdAt: Date;
  /** When its state changed last, and what else its scanner counts as a change. */
  updatedAt: Date;
  /** Undefined in the list of one repository. */
  repository: AlertRepository | undefined;
  /** As its webhook has it. */
  alert: Record<string, unknown>;
}

export interface AlertPage {
  alerts: ListedAlert[];
  /** Where the next page begins; undefined after the last. */
  next: string | undefined;
}

/** What is left of the requests of this hour. */
export interface RequestsLeft {
  left: number;
  limit: number;
}

export interface Annotation {
  path: string;
  line: number;
  level: 'notice' | 'warning' | 'failure';
  message: string;
}

export interface CheckRun {
  name: string;
  headSha: string;
  status: 'in_progress' | 'completed';
  conclusion?: 'success' | 'failure' | 'neutral';
  title: string;
  summary: string;
  /** Any number; the adapter sends them 50 a request. */
  annotations: Annotation[];
}

/**
 * What a forge said no to. `unknown` means the request may or may not have happened (a timeout, a cut socket, a
 * 5xx after sending): look before doing it again.
 */
export class ForgeError extends Error {
  readonly reason:
    | 'not-found'
    | 'forbidden'
    | 'unauthorized'
    | 'validation'
    | 'conflict'
    | 'secondary-limit'
    | 'primary-limit'
    | 'unavailable'
    | 'unknown';
  readonly status: number;
  /** Seconds the forge asks us to wait, when it says so. */
  readonly retryAfter: number | undefined;

  constructor(
    reason: ForgeError['reason'],
    message: string,
    details: { status?: number; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ForgeError';
    this.reason = reason;
    this.status = details.status ?? 0;
    this.retryAfter = details.retryAfter;
  }
}

/**
 * GitHub, GitHub Enterprise Server or anything compatible. Every method is one or a few REST calls, throws
 * `ForgeError`, never retries writes, and never waits for limits: the outbox owns those.
 */
export interface Forge {
  /** Our own identity: only this user's markers are trusted. */
  self(): Promise<{ appId: number; slug: string; botLogin: string; botId: number }>;
  repository(repo: RepoRef): Promise<ForgeRepository>;

  createIssue(repo: RepoRef, issue: { title: string; body: string; labels: string[] }): Promise<ForgeIssue>;
  updateIssue(
    repo: RepoRef,
    number: number,
    change: {
      title?: string;
      body?: string;
      labels?: string[];
      state?: 'open' | 'closed';
      stateReason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened';
      assignees?: string[];
    },
  ): Promise<ForgeIssue>;
  issue(repo: RepoRef, number: number): Promise<ForgeIssue>;
  /** Issues touched at or after `since`, oldest touch first, all pages. */
  issuesSince(repo: RepoRef, since: Date): Promise<ForgeIssue[]>;
  createLabel(repo: RepoRef, label: { name: string; color: string; description: string }): Promise<void>;

  createComment(repo: RepoRef, number: number, body: string): Promise<ForgeComment>;
  updateComment(repo: RepoRef, id: number, body: string): Promise<ForgeComment>;
  comment(repo: RepoRef, id: number): Promise<ForgeComment>;
  comments(repo: RepoRef, number: number): Promise<ForgeComment[]>;
  /** Comments of the whole repository touched at or after `since`, oldest touch first, all pages. */
  commentsSince(repo: RepoRef, since: Date): Promise<ForgeComment[]>;

  /** GitHub `role_name` of a person in the repository; `none` when not a collaborator. */
  roleOf(repo: RepoRef, login: string): Promise<string>;
  /** Whether a person is an active member of `org/team`. Throws `forbidden`/`not-found` when the team cannot be read. */
  isTeamMember(team: string, login: string): Promise<boolean>;

  /** Commit a branch points at; undefined when the branch does not exist. */
  head(repo: RepoRef, branch: string): Promise<string | undefined>;
  /** Every file of a commit whose path passes `wanted`. */
  files(repo: RepoRef, commit: string, wanted: (path: string, size: number) => boolean): Promise<ForgeFile[]>;
  file(repo: RepoRef, branch: string, path: string): Promise<Uint8Array | undefined>;
  /** One commit on a branch of ours (made as an orphan when missing); never the default branch. Returns the commit. */
  commit(repo: RepoRef, branch: string, message: string, files: ForgeFile[]): Promise<string>;
  /** Opens a pull request of `files` from `branch`; returns its number, or the open one's. */
  openPullRequest(
    repo: RepoRef,
    branch: string,
    pull: { title: string; body: string; files: ForgeFile[] },
  ): Promise<number>;
  /** Open pull requests with the commit at their head. */
  pullRequests(repo: RepoRef): Promise<{ number: number; headSha: string }[]>;

  /** Creates or completes the check run of that name on that commit. */
  putCheckRun(repo: RepoRef, run: CheckRun): Promise<void>;
  /** Whether the check of that name on that commit is completed. */
  checkRunDone(repo: RepoRef, headSha: string, name: string): Promise<boolean>;

  /** Who installed the app; without those who suspended it. */
  accounts(): Promise<ForgeAccount[]>;
  /** Repositories that an installation covers. */
  covered(installation: number): Promise<AlertRepository[]>;
  /**
   * One page of a list, a hundred at most: of what is open, the oldest first, or of all, what changed last first. Throws
   * `forbidden` or `not-found` where it may not be read and where the scanner is off: see `whyRefused`.
   */
  alerts(list: AlertList, ask: { wanted: 'open' | 'changed'; after?: string | undefined }): Promise<AlertPage>;
  /** The least any installation has left, as GitHub said last; undefined while it never did, or has no limit. */
  requestsLeft(): Promise<RequestsLeft | undefined>;

  /** Failed deliveries of the app's webhook since a time, asked to be sent again; 0 where the server has none. */
  redeliverFailed(since: Date): Promise<number>;
}

/**
 * What repositories depend on and what ran in them. Reads only. Throws `ForgeError`: `not-found` and `forbidden` where a
 * repository has no dependency graph or the app may not see it.
 */
export interface SupplyChain {
  /** Repositories an installation covers, at most 5,000. */
  repositories(installation: number): Promise<WatchedRepository[]>;
  /** What the dependency graph knows of the default branch, at most 20,000 packages. */
  dependencies(repository: WatchedRepository): Promise<Dependency[]>;
  /** Runs of workflows made in a time, newest first, at most 300; `total` has all. */
  runs(repository: WatchedRepository, from: Date, to: Date): Promise<{ total: number; runs: WorkflowRun[] }>;
  /** The text of CODEOWNERS; undefined where there is none. */
  owners(repository: WatchedRepository): Promise<string | undefined>;
  /** Open pull requests, at most 300. */
  updates(repository: WatchedRepository): Promise<OpenUpdate[]>;
}

export interface RepoRef {
  owner: string;
  name: string;
}

/** The Messages API's own words, so that nobody else needs to name the SDK. */
export type Message = Anthropic.MessageParam;
export type TextBlock = Anthropic.TextBlockParam;
export type ContentBlock = Anthropic.ContentBlock;
export type GivenBlock = Anthropic.ContentBlockParam;
export type ToolCall = Anthropic.ToolUseBlock;
export type ToolCallResult = Anthropic.ToolResultBlockParam;
export type OfferedTool = Anthropic.Tool;

/** One request to a model, in the words of the Messages API. */
export interface ModelRequest {
  tier: Tier;
  /** The whole of what the model is told to be; never holds text of others. */
  system: string;
  messages: Message[];
  tools: OfferedTool[];
  maxTokens: number;
  /** Tries of this request that may be paid for, at most; one unless told. */
  paidTries?: number;
  /** The shape the answer must have; the caller checks it again, since not every server does. */
  output?: z.ZodType;
}

export interface ModelReply {
  /** The model that answered. */
  model: string;
  content: ContentBlock[];
  stopReason: Anthropic.StopReason | null;
  /** Why it refused, where it says so. */
  refusal?: string;
  usage: ModelUsage;
}

/** Why there is no reply. What is worth another try was tried again before. */
export class ModelError extends Error {
  readonly reason: 'overloaded' | 'unauthorized' | 'invalid' | 'unreachable' | 'aborted';

  constructor(reason: ModelError['reason'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ModelError';
    this.reason = reason;
  }
}

/** A model behind the Messages API. It holds one secret, its key. */
export interface Model {
  /** One request, one reply; the one place that tries again. Throws `ModelError`. */
  turn(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

/** The policy in force. */
export interface PolicySource {
  current(): Policy;
  /** Set when a newer commit than the one in force is broken or unreadable: the sentence for the banner. */
  banner(): string | undefined;
}

/** The detection rules of the policy in force. A rule that cannot be used keeps no other from matching. */
export interface Detections {
  /** What events match; `found[k]` belongs to `events[k]`. Remembers nothing. */
  match(events: readonly EventToMatch[], policy: Policy): Detection[][];
  /**
   * Tells correlation rules of matches, in the transaction that moves the pipeline's cursor, and answers those that came
   * true. Without matches it judges windows that are over.
   */
  correlate(tx: Sql, policy: Policy, matched: readonly MatchedEvent[], now: Date): Promise<CompletedCorrelation[]>;
  /** When windows want to be judged next, though no event comes; undefined when none is open. */
  due(policy: Policy): Date | undefined;
  /** The transaction failed: what correlations remember in memory is not what is written down. */
  forget(): void;
}

/** Read-only questions to our own records, for tools; the investigator has no other way to the store. */
export interface Facts {
  /** Alerts of other incidents that carry an entity, newest first; `restricted` incidents more have it. */
  alertsOf(
    entity: Entity,
    options: { exceptIncident: string; limit: number },
  ): Promise<{ total: number; alerts: OtherAlert[]; restricted?: number }>;
  /** Text of closed incidents with what people decided, newest first, as far as `forIncident` may be told of them. */
  closedIncidents(limit: number, forIncident: string): Promise<ClosedIncident[]>;
  /** Raw record of an alert; undefined when it is not in the incident. */
  rawRecord(incident: string, alert: string): Promise<KeptRecord | undefined>;
}

/** An alert of another incident. */
export interface OtherAlert {
  title: string;
  product: string;
  time: Date;
  issue: number | null;
  /** `owner/name` the issue stands in, when that is another one than that of the incident that asks. */
  repository?: string;
}

/** A raw record as it lies in the store. */
export interface KeptRecord {
  id: string;
  source: string;
  receivedAt: Date;
  /** Of what is stored. */
  hash: string;
  content: Buffer;
  /** Who had a text taken out of it last, and when; unset or null when nobody did. */
  redactedBy?: string | null;
  redactedAt?: Date | null;
}

export interface ClosedIncident {
  id: string;
  issue: number | null;
  /** As in `OtherAlert`. */
  repository?: string;
  title: string;
  verdict: Verdict;
  why: string;
  closedAt: Date;
  /** Titles, rules and entities in one text, for search. */
  text: string;
}
