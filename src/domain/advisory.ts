import type { Severity } from './severity.ts';

/** One package an advisory is about. */
export interface AdvisedPackage {
  /** As GitHub names it: `npm`, `pip`, `rubygems`, `go`. */
  ecosystem: string;
  name: string;
  /** `>= 1.0.0, < 1.2.4` */
  range: string;
  /** First version that mends it; absent while there is none. */
  fixed?: string;
}

/** What the world is told of a vulnerable or malicious package: intelligence, no alert. Texts are untrusted. */
export interface Advisory {
  /** `GHSA-…`, as GitHub writes it. */
  ghsa: string;
  cve?: string;
  summary: string;
  description?: string;
  severity: Severity;
  /** Likelihood, from 0 to 1, that it is exploited within thirty days (first.org/epss). */
  epss?: number;
  /** The package itself does harm. */
  malware: boolean;
  packages: AdvisedPackage[];
  publishedAt?: Date;
  updatedAt: Date;
  withdrawnAt?: Date;
}

/** A package in a version that a repository depends on. */
export interface Dependency {
  /** As an advisory names it. */
  ecosystem: string;
  name: string;
  /** One version, or the range that is asked for where nothing locks it. */
  version: string;
  relationship?: 'direct' | 'transitive';
}

/** A repository that an installation of ours covers. */
export interface WatchedRepository {
  id: number;
  installation: number;
  owner: string;
  name: string;
}

/** A run of a workflow. */
export interface WorkflowRun {
  id: number;
  name: string;
  /** `.github/workflows/build.yml` */
  path: string;
  branch: string;
  startedAt: Date;
  url: string;
}

/** Runs of workflows that may have had a malicious package. Times are ISO texts, since it is kept as JSON. */
export interface WindowRuns {
  from: string;
  to: string;
  /** All of them; 0 where they could not be read. */
  total: number;
  shown: { id: number; path: string; at: string }[];
  /** Why they could not be read. */
  unread?: string;
}

/** Names of packages compare without regard to case, and in PyPI `-`, `_` and `.` are one. */
export function comparedName(ecosystem: string, name: string): string {
  const lower = name.toLowerCase();
  return ecosystem.toLowerCase() === 'pip' ? lower.replaceAll(/[-_.]+/g, '-') : lower;
}

/** A package among those of all ecosystems. */
export function packageKey(ecosystem: string, name: string): string {
  return `${ecosystem.toLowerCase()}:${comparedName(ecosystem, name)}`;
}
