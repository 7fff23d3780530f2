import type { z } from 'zod';
import type { NotificationEvent } from '../domain/notification.ts';
import type { Message } from './message.ts';

/** What became of one attempt. */
export type Outcome =
  | { is: 'sent' }
  /** The other side will not take it, now or later. */
  | { is: 'refused'; sentence: string }
  /** It did not arrive; worth another try, after `afterMs` where the other side named a time. */
  | { is: 'later'; sentence: string; afterMs?: number }
  /** It may have arrived. */
  | { is: 'unknown'; sentence: string };

export interface OpenChannel {
  /** One attempt. Throws nothing; no sentence holds the secret. */
  send(message: Message): Promise<Outcome>;
}

/**
 * One kind of place where people are told: one file in `channels/`, which exports a constant of the file's name. Being in
 * the folder makes it exist; only `policies/notifications.md` makes it speak.
 */
export interface Channel<Settings = unknown> {
  /** The file's name. */
  name: string;
  /** As people call it, for sentences. */
  title: string;
  settings: z.ZodType<Settings>;
  /** What it can be told. */
  events: readonly NotificationEvent[];
  /** Whether a message that arrives twice is one there, by its `incident.key`: then what may have arrived is sent again. */
  once: boolean;
  /** From the value of the channel's variable; or why that cannot be used, without repeating it. `timeoutMs` bounds an attempt. */
  open(secret: string, settings: Settings, limits: { timeoutMs: number }): OpenChannel | { unavailable: string };
}
