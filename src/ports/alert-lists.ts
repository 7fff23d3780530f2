import type { RepoRef } from './forge.ts';

/** GitHub's scanners that keep a list of their alerts, as their addresses name them. */
export const scanners = ['dependabot', 'code-scanning', 'secret-scanning'] as const;
export type Scanner = (typeof scanners)[number];

/** An account that installed the app. */
export interface ForgeAccount {
  installation: number;
  login: string;
  /** Only an organization has lists over all its repositories. */
  organization: boolean;
  /** The app is held there for now and cannot ask. */
  suspended: boolean;
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

/** GitHub's accounts that installed the app, and the lists of alerts its scanners keep there. */
export interface AlertLists {
  /** Who installed the app, 5,000 at most. */
  accounts(): Promise<ForgeAccount[]>;
  /** Repositories that an installation covers. */
  covered(installation: number): Promise<AlertRepository[]>;
  /**
   * One page of a list, a hundred at most: of what is open, the oldest first, or of all, what changed last first. Throws
   * `forbidden` or `not-found` where it may not be read and where the scanner is off: see `whyRefused`.
   */
  alerts(list: AlertList, ask: { wanted: 'open' | 'changed'; after?: string | undefined }): Promise<AlertPage>;
  /**
   * What the installation a repository belongs to has left, without one the least any has, as GitHub said last; undefined
   * while it never did, or has no limit.
   */
  requestsLeft(repo?: RepoRef): Promise<RequestsLeft | undefined>;
}
