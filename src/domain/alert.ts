import type { WindowRuns } from './advisory.ts';
import type { Titled } from './alert-title.ts';
import type { Attribution } from './attribution.ts';
import type { AlertEntity } from './entity.ts';
import type { EveryLanguage } from './locale.ts';
import type { Scope } from './scope.ts';
import type { Severity } from './severity.ts';

/** Decides title, body, commands and clock of the issue. */
export const alertKinds = ['threat', 'vulnerability', 'leaked-secret', 'misconfiguration', 'advisory'] as const;
export type AlertKind = (typeof alertKinds)[number];

/**
 * Whether somebody may have to get up for it: what is only weak is mended by day, in its turn, unless it is `pressing`:
 * exploited and exposed.
 */
export function needsSomebodyNow({ kind, pressing }: { kind: AlertKind; pressing: boolean }): boolean {
  return kind === 'threat' || kind === 'leaked-secret' || pressing === true;
}

/** A line a reader sees quoted: the product's own words, untrusted. */
export interface QuotedField {
  name: string;
  value: string;
  /** By language, where the words are Yagura's. */
  values?: EveryLanguage;
}

/** Where a vulnerable package stands, and what mends it. Names and versions are the product's words, untrusted. */
export interface VulnerablePlace {
  /** Who says so; what Dependabot follows counts by its word alone. */
  by: 'dependabot' | 'advisory';
  /** `acme/shop-api` */
  repository: string;
  package: string;
  ecosystem?: string;
  /** The file that asks for it. */
  manifest?: string;
  relationship?: string;
  /** `runtime` or `development`. */
  scope?: string;
  /** The version in use, where it is known. */
  installed?: string;
  /** False where only the package is known to be there, and whether in a vulnerable version cannot be told. */
  certain?: boolean;
  range?: string;
  /** First version that mends it. */
  fixed?: string;
  ghsa?: string;
  cve?: string;
  /** Likelihood, from 0 to 1, that it is exploited within thirty days (first.org/epss). */
  epss?: number;
  /** The package does harm by itself. */
  malicious?: true;
  /** When Yagura looked at it: the runs that may have had it. */
  runs?: WindowRuns;
}

/** An alert as a source made it of one raw record, before policy and correlation. */
export interface ParsedAlert extends Titled {
  kind: AlertKind;
  /** The source's name: `falco`. */
  source: string;
  /** Vendor and product as people know it: `Falco`, `Amazon GuardDuty`. */
  product: string;
  /** The product's id of the rule or finding type. */
  rule: string;
  severity: Severity;
  /** When it happened, by the product's clock; the time of receipt when the product does not say. */
  time: Date;
  entities: AlertEntity[];
  /** ATT&CK technique ids the product names, `T1496`. */
  techniques: string[];
  /** Where it comes from, as far as its source says. */
  scope?: Scope;
  /** Two or three fields worth reading first. Untrusted text. */
  quoted: QuotedField[];
  /** Parts that make two alerts repeats of each other beside source and rule: `['host:web-01']`. */
  fingerprint: string[];
  /**
   * What joins alerts that are not a threat: an advisory, one secret, one misconfigured resource
   * (`advisory:GHSA-…`). Threats join over entities and leave this empty, but for a malicious package's advisory.
   */
  subject: string[];
  /** The product's deep link, shown as text when its host is not listed. */
  link?: string;
  /** What the product says became of it, when the record is a later step in its life. */
  lifecycle?: 'fixed' | 'dismissed' | 'reopened';
  /** Who says so, and why, in the product's words. Untrusted text. */
  lifecycleWhy?: string;
  /** It only says anew what was told before: it opens nothing, and reopens only what got worse. */
  update?: true;
  /** For a vulnerable package: where it stands. */
  place?: VulnerablePlace;
  /** Whose detection rule made it, when one did. */
  attribution?: Attribution;
  /** The OCSF 1.8.0 finding. */
  ocsf: Record<string, unknown>;
}

/** A record that could not be read; shown as an alert of its own, never dropped. */
export interface ParseFailure {
  error: EveryLanguage;
}

/** What the organisation's policy makes of an alert before anything is grouped. */
export interface Triaged {
  alert: ParsedAlert;
  effectiveSeverity: Severity;
  /** The policy sentence that raised it, with its file and line. */
  floorBecause?: string;
}

/** An alert in the store. */
export interface Alert extends ParsedAlert {
  id: string;
  incidentId: string;
  /** Severity after the policy's floors. */
  effectiveSeverity: Severity;
  fingerprintHash: string;
  /** Raw records folded into it, itself included. */
  count: number;
  firstSeen: Date;
  lastSeen: Date;
  rawIds: string[];
}
