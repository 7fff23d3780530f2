import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { sameSecret } from '../../domain/same-secret.ts';
import type { ForgeState } from '../forge-state.ts';

/** Cookies are not sent along by other sites; scripts never see them. `Secure` would break plain loopback HTTP. */
const COOKIE = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
const SESSION = 'yagura-session';
const PERSON = 'yagura-person';
/** 30 days in seconds. */
const PERSON_AGE = 2_592_000;

/** The browser's session id, made on its first visit. */
export function sessionOf(c: Context): string {
  const known = getCookie(c, SESSION);
  if (known !== undefined && /^[\w-]{32}$/.test(known)) return known;
  const fresh = randomBytes(24).toString('base64url');
  setCookie(c, SESSION, fresh, COOKIE);
  return fresh;
}

/** The login the browser acts as, if one was chosen. */
export function chosenLogin(c: Context): string | undefined {
  return getCookie(c, PERSON);
}

export function rememberLogin(c: Context, login: string): void {
  setCookie(c, PERSON, login, { ...COOKIE, maxAge: PERSON_AGE });
}

/** What every form of a session carries; keyed by a secret of the state, so that open pages outlive a restart. */
export function formToken(forge: ForgeState, session: string): string {
  const secret = forge.store.all('app')[0]?.webhookSecret ?? '';
  return createHmac('sha256', `form token ${secret}`).update(session).digest('base64url');
}

export function isFormToken(forge: ForgeState, session: string, given: string): boolean {
  return sameSecret(given, formToken(forge, session));
}
