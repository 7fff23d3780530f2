import type { AlertKind } from './alert.ts';
import type { Entity, EntityType } from './entity.ts';
import type { Language } from './locale.ts';
import type { NotificationChannel } from './notification.ts';
import type { QuietPolicy } from './quiet.ts';
import type { OnCallPolicy, Person } from './rota.ts';
import type { Severity } from './severity.ts';
import type { Verdict } from './verdict.ts';
import type { VulnerabilityPolicy } from './vulnerability.ts';

/** How far Yagura may go by itself, lowest first; raised only by a merged pull request. */
export const autonomies = ['observe', 'recommend', 'approve', 'auto'] as const;
export type Autonomy = (typeof autonomies)[number];

/** Whether `a` is `b` or below it. */
export function atMost(a: Autonomy, b: Autonomy): boolean {
  return autonomies.indexOf(a) <= autonomies.indexOf(b);
}

/** What people may do, lowest first; a higher right includes the lower ones. */
export const rights = ['reader', 'analyst', 'responder'] as const;
export type Right = (typeof rights)[number];

/** Who holds a right. Logins are lower case; teams are `org/team`; roles are GitHub `role_name`s. */
export interface Grant {
  people: string[];
  teams: string[];
  roles: string[];
}

/** A team, `org/team`, and where it is named. */
export interface NamedTeam {
  team: string;
  origin: Origin;
}

/** All given conditions must hold; text matches exactly, case-insensitively, `*` stands for any run of characters. */
export interface Condition {
  kind?: AlertKind[];
  source?: string[];
  rule?: string[];
  title?: string[];
  /** Effective severity at or above. */
  severity?: Severity;
  /** Where it comes from; an alert that does not say matches no pattern. */
  organization?: string[];
  repository?: string[];
  account?: string[];
  region?: string[];
  /** Some entity of the alert matches type and (when given) value; `ip` values may be CIDR. */
  entity?: { type?: EntityType; value?: string[] };
}

/** Where in the config repository something stands, for the reader of an issue. */
export interface Origin {
  path: string;
  /** 1-based. */
  line: number;
}

/** An issue repository beside the default one. */
export interface RoomRule {
  /** `owner/name` in lower case. */
  key: string;
  restricted: boolean;
  language?: Language;
  timeZone?: string;
  origin: Origin;
}

/** Which alerts go to which room. */
export interface Route {
  when: Condition;
  /** Key of a room; `''` is the default. */
  to: string;
  because: string;
  origin: Origin;
}

export interface SeverityFloor {
  when: Condition;
  atLeast: Severity;
  because: string;
  origin: Origin;
}

/** An exact policy rule that gives the verdict without a model. */
export interface VerdictRule {
  when: Condition;
  verdict: Verdict;
  because: string;
  origin: Origin;
}

/** What the organisation says about some of its entities. */
export interface ContextEntry {
  kind: 'asset' | 'network' | 'account' | 'person' | 'service';
  name: string;
  entities: Entity[];
  /** For networks: CIDR blocks. */
  cidr: string[];
  owner?: string;
  criticality?: 'low' | 'medium' | 'high' | 'critical';
  /** Shared by many (a NAT gateway, a resolver, a load balancer): never joins alerts into one incident. */
  shared: boolean;
  /** Reachable by strangers: a vulnerability in it has less time. */
  exposed?: boolean;
  /** Prose for people and, as untrusted data, for the agent. */
  body: string;
  origin: Origin;
}

/** One concrete thing a connector acts on. */
export interface Resource {
  id: string;
  connector: string;
  /** What the connector needs to know, checked by the connector's own schema. */
  settings: Record<string, unknown>;
  origin: Origin;
}

/** For this scenario and entity type: which action, where, at which autonomy. */
export interface ResponseRule {
  id: string;
  when: Condition;
  /** The entity types whose values are targets of the action. */
  entity: EntityType[];
  action: string;
  /** Resource ids; one task each. */
  resources: string[];
  autonomy: Autonomy;
  /** Default time to live in seconds. */
  duration: number;
  /** Longest time to live a command may ask for, in seconds. */
  maxDuration: number;
  /** Distinct people with the right that must agree; 1 or 2. */
  approvals: 1 | 2;
  /** Whether the person who asked may be one of them. */
  requesterMayApprove: boolean;
  /** Whether who is on call may let it run alone for a moment, until a second person confirms it. */
  emergency: boolean;
  because: string;
  origin: Origin;
}

export interface PlaybookStep {
  tool: string;
  /** Run once for each entity of these types, or once for the incident, or once for each alert. */
  each: EntityType[] | 'incident' | 'alert';
  args: Record<string, unknown>;
}

export interface Playbook {
  id: string;
  when: Condition;
  steps: PlaybookStep[];
  /** What people should ask and who could answer, shown when nothing is known. */
  questions: { ask: string; who: string }[];
  body: string;
  origin: Origin;
}

export interface Budgets {
  /** GitHub creations (issues, comments) a sliding hour. */
  creationsPerHour: number;
  /** And a sliding minute. */
  creationsPerMinute: number;
}

/** What the model may use; each bound is checked before a request against the most it could cost. */
export interface ModelBudget {
  /** Of one incident, all its runs and questions together. */
  tokensPerIncident: number;
  /** US dollars, of one incident. */
  moneyPerIncident: number;
  /** Of one run. */
  requestsPerRun: number;
  minutesPerRun: number;
  /** US dollars in a calendar month (UTC), of all incidents. */
  moneyPerMonth: number;
  /** Runs begun in a sliding hour that nobody asked for by command. */
  runsPerHour: number;
}

/** A file people wrote for the agent: the body of a markdown file of the config repository. */
export interface Prose {
  path: string;
  text: string;
}

/** A file of Sigma documents, as it stands in the config repository. */
export interface DetectionFile {
  path: string;
  text: string;
}

export type MaskOrKeep = 'mask' | 'keep';

/** Which personal data is masked before it is written. */
export interface Privacy {
  email: MaskOrKeep;
  phone: MaskOrKeep;
  name: MaskOrKeep;
  /** Addresses of staff networks. */
  address: MaskOrKeep;
  /** More fields that hold a person's name: paths such as `actor.user.full_name`, or their ends. */
  nameFields: string[];
  /** CIDR blocks. */
  staffNetworks: string[];
}

/** The config repository whole at one commit. */
export interface Policy {
  /** 40 hex digits, or `safe-defaults` when there is none to read. */
  commit: string;
  /** `owner/name`, as shown. */
  repository: string;
  organization: string;
  language: Language;
  timeZone: string;
  /** Issue repositories beside the default one. */
  rooms: RoomRule[];
  /** The first that fits an alert says where it goes. */
  routes: Route[];
  /**
   * Organizations and `owner/name` whose alerts are taken, in lower case; left out, those of the installations that the
   * default and the config repository belong to.
   */
  accept?: string[];
  /** Global ceiling for every autonomy. */
  mode: Autonomy;
  /** How far apart two alerts may be to join over a shared entity, in seconds. */
  joinWindow: number;
  /** Whether an issue ranks what is open. */
  queue: boolean;
  /** How much of what comes in opens an issue of its own. */
  quiet: QuietPolicy;
  /** Whom a new incident mentions, by policy only: logins or `org/team`, from this severity up. */
  mention: { severity: Severity; who: string[] };
  /** What `mode: observe` leaves out, for saying whom Yagura would have told; unset in any other. */
  observed?: { mention: Policy['mention']; notifications: NotificationChannel[] };
  description: string;
  /** Who can be turned to, of `context/`. */
  people: Person[];
  onCall: OnCallPolicy;
  context: ContextEntry[];
  severityFloors: SeverityFloor[];
  verdictRules: VerdictRule[];
  grants: Record<Exclude<Right, 'reader'>, Grant>;
  /** Each place where a team is named, of `grants` and of `mention`. */
  teams: NamedTeam[];
  responses: ResponseRule[];
  resources: Resource[];
  /** How long what somebody asked for, or approved in part, waits for the people it needs, in seconds. */
  approveWithin: number;
  /** How long what one person let run alone holds without a second one, in seconds; at most `longestAlone`. */
  confirmWithin: number;
  /** Addresses, CIDR blocks and domains (with their subdomains) that no connector ever touches. */
  neverBlock: string[];
  budgets: Budgets;
  /** Whom to tell outside GitHub; nobody in `observe`, which wakes no one. */
  notifications: NotificationChannel[];
  playbooks: Playbook[];
  modelBudget: ModelBudget;
  privacy: Privacy;
  vulnerabilities: VulnerabilityPolicy;
  /** What stands below `detections/`; compiled where it is run. */
  detections: DetectionFile[];
  /** What `%name%` stands for in rules, by name: the entities of what `context/` describes. */
  placeholders: Record<string, string[]>;
  /** Bodies of `policies/*.md` and `knowledge/*.md`; those of context and playbooks stand with their entry. */
  prose: Prose[];
}

/** A problem in a file of the config repository. */
export interface PolicyProblem {
  path: string;
  /** 1-based. */
  line: number;
  /** What is wrong and what is allowed. */
  message: string;
}
