import type { ForgeState } from '../forge-state.ts';
import { accountByLogin } from '../lookups.ts';
import { PEOPLE } from '../seed.ts';
import type { Account } from '../state/entities.ts';

/** What each seeded person is in the example organisation. */
const PART: Record<(typeof PEOPLE)[number], string> = {
  hana: 'analyst',
  ken: 'responder',
  mika: 'responder',
  otto: 'outsider',
};

/** The people a visitor can act as, with a word for what they are. */
export function peopleToBe(forge: ForgeState): { login: string; part: string }[] {
  return PEOPLE.filter((login) => accountByLogin(forge, login)).map((login) => ({ login, part: PART[login] }));
}

/** The seeded person of that login, or undefined: nobody can act as the bot or the organisation. */
export function personToBe(forge: ForgeState, login: string | undefined): Account | undefined {
  const known = PEOPLE.find((one) => one === login);
  return known && accountByLogin(forge, known);
}
