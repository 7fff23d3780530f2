import type { Account } from './account.ts';

/** The longest anything runs on the word of one person, in seconds, whatever a policy says. */
export const longestAlone = 3_600;

/** A recommendation that one responder on call let run alone, which its rule allows. */
export interface Emergency {
  incidentId: string;
  /** `R1` */
  recommendation: string;
  by: Account;
  why: string;
  beganAt: Date;
  /** When it is taken back unless a second person confirmed it. */
  confirmBy: Date;
}
