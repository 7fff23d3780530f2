import type { Policy } from '../domain/policy.ts';

/** The policy in force. */
export interface PolicySource {
  current(): Policy;
  /** Set when a newer commit than the one in force is broken or unreadable: the sentence for the banner. */
  banner(): string | undefined;
}
