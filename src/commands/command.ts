import type { Incident } from '../domain/incident.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { EveryLanguage, Language, Locale } from '../domain/locale.ts';
import type { Policy, Right } from '../domain/policy.ts';
import type { Sql } from '../ports/store.ts';

/** What a command works on. All its effects are rows of one transaction, so that it happens once or not at all. */
export interface CommandCall {
  tx: Sql;
  incident: Incident;
  policy: Policy;
  /** Of those who read the answer. */
  locale: Locale;
  now: Date;
  author: string;
  /** The author's id on GitHub, which stays when the login is changed. */
  authorId: number;
  /** The author's right, checked a moment ago. */
  right: Right;
  /** Arguments as written, but for what was masked. */
  rest: string;
  /**
   * The same without anything masked, as it stands on GitHub at this moment: never for a row, an answer or a log.
   * Undefined when it cannot be told which line it is.
   */
  asWritten: string | undefined;
  comment: { id: string; createdAt: Date; room: string; issue: number };
  /** Actions and resources that connectors offer here; empty in observe mode. */
  actions: ReadonlySet<string>;
  /** By resource id, why it cannot be used here. */
  unavailable: ReadonlyMap<string, EveryLanguage>;
  /** By resource, the repository whose readers see what it holds, though they may not read this incident. */
  shownIn: IncidentView['shownIn'];
  /** The right of another person, checked now: of those who agreed before. */
  rightOf(login: string): Promise<Right>;
  /** Whether another person can read the issue. */
  reads(login: string): Promise<boolean>;
  /** Puts the issue the comment stands on into the inbox as a person's report; false when it cannot. */
  adoptIssue(): Promise<boolean>;
  /** Whether a model is set up to investigate and answer. */
  model: boolean;
  /** Every command there is, for `/help`. */
  commands: ReadonlyMap<string, Command>;
}

/** What came of it; texts are safe markdown of ours. */
export interface Answer {
  /** `waiting`: its tasks still run. */
  state: 'done' | 'waiting' | 'refused';
  understood: string;
  answer: string;
  tasks?: string[];
  ledger?: LedgerEntry[];
}

/** A slash command: one file in `slash/`, the folder is the registry, help is made of these fields. */
export interface Command {
  /** The file's name, as typed without the slash. */
  name: string;
  /** `/block <ip|domain> [for 24h] [on <resource>]` */
  usage: string;
  /** What it does, for `/help`. */
  summary: Record<Language, string>;
  /** Who may use it. */
  right: Right;
  /**
   * Whether a person who is part of the incident may type this line too: it only asks, or makes it more urgent. Without it
   * nothing is taken from them.
   */
  harmless?(call: Pick<CommandCall, 'rest' | 'incident'>): boolean;
  /** Works on an issue that is no incident yet. */
  withoutIncident?: boolean;
  /** Whether it works on an incident whose alerts are part of another now. */
  onMerged?(call: CommandCall): boolean | Promise<boolean>;
  run(call: CommandCall): Promise<Answer>;
}

/** A refusal that says why. */
export function refused(understood: string, why: string): Answer {
  return { state: 'refused', understood, answer: why };
}
