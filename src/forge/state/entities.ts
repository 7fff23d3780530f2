/** Repository roles, weakest first; GitHub's `role_name`. */
export const ROLES = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a GitHub App may touch. */
export type Permission =
  | 'metadata'
  | 'issues'
  | 'contents'
  | 'checks'
  | 'pull_requests'
  | 'members'
  | 'administration'
  | 'actions'
  | 'deployments'
  | 'repository_advisories'
  | 'vulnerability_alerts'
  | 'secret_scanning_alerts'
  | 'security_events';
export type Permissions = Partial<Record<Permission, 'read' | 'write'>>;

/** Times are GitHub's notation (`2026-01-01T00:00:00Z`) unless a field says milliseconds. */
export interface Account {
  id: number;
  login: string;
  type: 'User' | 'Bot' | 'Organization';
  name: string;
  createdAt: string;
}
export interface OrgMember {
  orgId: number;
  userId: number;
  role: 'admin' | 'member';
}
export interface Team {
  id: number;
  orgId: number;
  slug: string;
  name: string;
  memberIds: number[];
}
/** A user's personal token, or an installation's (`ghs_…`) with its scope. */
export interface AccessToken {
  token: string;
  userId: number | null;
  installationId: number | null;
  /** Real milliseconds since 1970; null never. */
  expiresAt: number | null;
  repositoryIds: number[] | null;
  permissions: Permissions | null;
}
export interface App {
  id: number;
  slug: string;
  name: string;
  ownerId: number;
  /** Whether other accounts than its owner can install it. */
  public?: boolean | undefined;
  botId: number;
  clientId: string;
  /** PEM, SPKI. */
  publicKey: string;
  webhookUrl: string | null;
  webhookSecret: string;
  permissions: Permissions;
  events: string[];
  createdAt: string;
}
export interface Installation {
  id: number;
  appId: number;
  accountId: number;
  repositoryIds: number[];
  permissions: Permissions;
  events: string[];
  createdAt: string;
  /** When an owner suspended it; it gets no tokens then. */
  suspendedAt?: string;
}
/** An app made from a manifest, until its key is fetched with the code; docs.github.com, "Registering a GitHub App from a manifest". */
export interface ManifestCode {
  code: string;
  appId: number;
  /** PEM. */
  privateKey: string;
  /** Milliseconds of the wall clock. */
  expiresAt: number;
}
export interface Repository {
  id: number;
  ownerId: number;
  name: string;
  description: string | null;
  private: boolean;
  /** False while issues are switched off; absent is on. */
  hasIssues?: boolean;
  defaultBranch: string;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  lastNumber: number;
}
export interface Collaborator {
  repoId: number;
  userId: number;
  role: Role;
}
export interface Label {
  id: number;
  repoId: number;
  name: string;
  color: string;
  description: string | null;
}
/** The half of an issue that makes it a pull request; head and base are branches of the same repository. */
export interface PullPart {
  head: string;
  /** The fork that has the branch; absent where it is the repository's own. */
  headRepoId?: number;
  base: string;
  headSha: string;
  baseSha: string;
  mergedAt: string | null;
  mergedById: number | null;
  mergeSha: string | null;
}
export interface Issue {
  id: number;
  repoId: number;
  number: number;
  title: string;
  body: string | null;
  userId: number;
  appId: number | null;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  labelIds: number[];
  assigneeIds: number[];
  locked: boolean;
  lockReason: string | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedById: number | null;
  /** When it was pinned to the top of the list; absent when it is not. */
  pinnedAt?: string;
  pull: PullPart | null;
}
/** What is left of an issue that was deleted or transferred. */
export interface Tombstone {
  repoId: number;
  number: number;
  movedTo: { repoId: number; number: number } | null;
}
export interface Comment {
  id: number;
  repoId: number;
  number: number;
  body: string;
  userId: number;
  appId: number | null;
  createdAt: string;
  updatedAt: string;
}
export interface Person {
  name: string;
  email: string;
  date: string;
}
export interface TreeEntry {
  path: string;
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
}
/** What keeps people from changing a branch alone. The forge tells of it and does not enforce it: it has no reviews. */
export interface BranchRule {
  repoId: number;
  /** Without `refs/heads/`. */
  branch: string;
  /** Approvals that a ruleset asks of a pull request; null when no ruleset asks for a pull request. */
  reviews: number | null;
  /** The older branch protection, if it is on, and the approvals it asks for; null when it asks for none. */
  classic: { reviews: number | null } | null;
}
/** A blob's bytes are kept in base64. */
export type GitObject = { repoId: number; sha: string } & (
  | { type: 'blob'; content: string; size: number }
  | { type: 'tree'; entries: TreeEntry[] }
  | { type: 'commit'; tree: string; parents: string[]; author: Person; committer: Person; message: string }
);
export type Blob = Extract<GitObject, { type: 'blob' }>;
export type Tree = Extract<GitObject, { type: 'tree' }>;
export type Commit = Extract<GitObject, { type: 'commit' }>;
/** `name` is complete: `refs/heads/main`. */
export interface Ref {
  repoId: number;
  name: string;
  sha: string;
}
export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column: number | null;
  end_column: number | null;
  annotation_level: 'notice' | 'warning' | 'failure';
  title: string | null;
  message: string;
  raw_details: string | null;
}
export type Conclusion = 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required';
export interface CheckRun {
  id: number;
  repoId: number;
  suiteId: number;
  appId: number;
  name: string;
  headSha: string;
  externalId: string | null;
  detailsUrl: string | null;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
}
/** GitHub's scanners that have alerts and a list of them. */
export const SCANNERS = ['dependabot', 'code-scanning', 'secret-scanning'] as const;
export type Scanner = (typeof SCANNERS)[number];
/** What a scanner found in a repository. */
export interface ScannerAlert {
  id: number;
  repoId: number;
  scanner: Scanner;
  /** Each scanner counts by itself in each repository. */
  number: number;
  state: string;
  createdAt: string;
  updatedAt: string;
  /** What differs from the example that the view fills up, in GitHub's names. */
  fields: Record<string, unknown>;
  /** Where code scanning found it, when that is not the default branch: no list has it. */
  ref?: string;
}
/** A scanner that is switched off for a repository. */
export interface ScannerOff {
  repoId: number;
  scanner: Scanner;
}
export interface CheckSuite {
  id: number;
  repoId: number;
  appId: number;
  headSha: string;
  createdAt: string;
}
/** An event that left for the app; its GUID is what redeliveries share. `body` is the payload as sent. */
export interface HookEvent {
  guid: string;
  appId: number;
  installationId: number;
  repoId: number | null;
  event: string;
  action: string | null;
  body: string;
}
/** One attempt to deliver a hook event. */
export interface Delivery {
  id: number;
  guid: string;
  redelivery: boolean;
  /** ISO with milliseconds, forge clock. */
  deliveredAt: string;
  /** Seconds, as GitHub reports it. */
  duration: number;
  status: string;
  statusCode: number;
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string>;
  responseBody: string;
}
/** What the dependency graph knows of a repository. */
export interface DependencyGraph {
  repoId: number;
  packages: {
    /** Package URL without the version: `pkg:npm/left-padder`. */
    purl: string;
    version: string;
    direct: boolean;
  }[];
}
export interface WorkflowRun {
  id: number;
  repoId: number;
  number: number;
  name: string;
  path: string;
  branch: string;
  headSha: string;
  createdAt: string;
}
/** A flaw in a repository, told to its maintainers; fields in GitHub's names. */
export interface OwnAdvisory {
  repoId: number;
  ghsa: string;
  createdAt: string;
  fields: Record<string, unknown>;
}
/** One write request, for the log that tests read. `at` is milliseconds of the forge's clock. */
export interface WriteRecord {
  id: number;
  at: number;
  method: string;
  path: string;
  status: number;
  actor: string;
  creates: boolean;
}

/** Every kind of thing the forge keeps. */
export interface Entities {
  account: Account;
  orgMember: OrgMember;
  team: Team;
  token: AccessToken;
  app: App;
  installation: Installation;
  repository: Repository;
  collaborator: Collaborator;
  label: Label;
  issue: Issue;
  tombstone: Tombstone;
  comment: Comment;
  object: GitObject;
  ref: Ref;
  manifestCode: ManifestCode;
  branchRule: BranchRule;
  checkRun: CheckRun;
  checkSuite: CheckSuite;
  scannerAlert: ScannerAlert;
  scannerOff: ScannerOff;
  hookEvent: HookEvent;
  delivery: Delivery;
  dependencyGraph: DependencyGraph;
  workflowRun: WorkflowRun;
  ownAdvisory: OwnAdvisory;
  write: WriteRecord;
}
export type Kind = keyof Entities;
