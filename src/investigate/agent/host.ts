import type { Tier } from '../../domain/model.ts';
import type { ModelReply } from '../../ports/model.ts';
import type { EvidenceView } from './brief.ts';

/**
 * Leave to send a request: what it was answered in a former life of this run; go, with as many tries as can be paid for;
 * or no more.
 */
export type Leave =
  | { is: 'known'; reply: ModelReply }
  | { is: 'go'; paidTries: number }
  | { is: 'enough'; why: string };

export interface Asked {
  key: string;
  tier: Tier;
  /** SHA-256 of the request: another request under a known key is another run. */
  hash: string;
  bytes: number;
  maxTokens: number;
  /** The report may use what is held back for it. */
  last: boolean;
}

/** What a tool answered, as the model may read it. */
export interface ToolAnswer {
  outcome: string;
  says: string;
  result?: unknown;
  /** Text of somebody else, to be read by the extraction only. */
  bulk?: string;
}

/** What of an extraction stands in the text it was made of. */
export interface Extracted {
  entities: string[];
  quotes: string[];
  techniques: string[];
  givesOrders: boolean;
}

/**
 * The other side of the investigator: the process that holds the store. It keeps the journal and the budgets, asks the
 * tools, and believes nothing of what it is told.
 */
export interface Host {
  before(asked: Asked): Promise<Leave>;
  after(key: string, reply: ModelReply): Promise<void>;
  /** Asks a tool of the run's list; the answer is the same each time a key is asked. */
  ask(key: string, tool: string, args: unknown): Promise<ToolAnswer>;
  /** Checks what an extraction says of the text of `key`, and keeps what holds. */
  extracted(key: string, answer: unknown): Promise<Extracted>;
  /** Ends a phase: all evidence so far, numbered in the order of the keys. */
  evidence(phase: number): Promise<EvidenceView[]>;
}
