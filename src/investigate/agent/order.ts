import type { EveryLanguage } from '../../domain/locale.ts';
import type { Brief, Prompts } from './brief.ts';
import type { Host } from './host.ts';

/** What the investigator's process is asked to do. */
export interface Order {
  kind: 'investigate' | 'ask';
  brief: Brief;
  prompts: Prompts;
}

/** Why a run has no answer. */
export type NoAnswer =
  | { is: 'enough'; why: string }
  | { is: 'refused'; why: string }
  | { is: 'shapeless'; why: string }
  /** Worth another try later. */
  | { is: 'away'; why: EveryLanguage }
  /** Not worth one: the key, the model's name or the request is wrong. */
  | { is: 'broken'; why: EveryLanguage };

export type Ran = { is: 'answered'; answer: unknown } | NoAnswer;

/** Runs a model over an incident; wherever it lives, it has nothing but this. */
export interface Investigator {
  run(order: Order, host: Host, signal: AbortSignal): Promise<Ran>;
  stop(): Promise<void>;
}
