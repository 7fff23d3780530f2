import { SaidError } from '../domain/error.ts';
import type { EveryLanguage } from '../domain/locale.ts';
import type { AlertLists } from './alert-lists.ts';

/** A repository as GitHub knows it; `id` is what we hold it by, since names move. */
export interface ForgeRepository {
  id: number;
  owner: string;
  name: string;
  private: boolean;
  /** False: issues are switched off, and GitHub answers for each of them as if it were deleted (410). */
  hasIssues: boolean;
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
export class ForgeError extends SaidError {
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
  /** Of a limit: the installation whose it is, where it is known. */
  readonly installation: number | undefined;

  constructor(
    reason: ForgeError['reason'],
    sentence: string | EveryLanguage,
    details: {
      status?: number;
      retryAfter?: number | undefined;
      installation?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(sentence, details.cause);
    this.name = 'ForgeError';
    this.reason = reason;
    this.status = details.status ?? 0;
    this.retryAfter = details.retryAfter;
    this.installation = details.installation;
  }
}

/**
 * GitHub, GitHub Enterprise Server or anything compatible. Every method is one or a few calls, of REST but for `pinIssue`, throws
 * `ForgeError`, never retries writes, and never waits for limits: the outbox owns those.
 */
export interface Forge extends AlertLists {
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
  /** Pins an issue at the top of its repository's list. GitHub pins three and refuses a fourth (`validation`). */
  pinIssue(repo: RepoRef, number: number): Promise<void>;
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

  /** Failed deliveries of the app's webhook since a time, asked to be sent again; 0 where the server has none. */
  redeliverFailed(since: Date): Promise<number>;
}

export interface RepoRef {
  owner: string;
  name: string;
}
