import { z } from 'zod';
import { canonicalBlock } from '../../domain/address.ts';
import { canonicalDomain } from '../../domain/canonical-value.ts';
import { shown } from '../problems.ts';

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const longestDuration = 366 * secondsOf.d;

/** `24h`, `30m`, `7d` as seconds. */
export const duration = z.string().transform((text, context) => {
  const [, amount, unit] = /^(\d{1,9})\s?([smhdw])$/.exec(text.trim()) ?? [];
  const seconds = Number(amount) * (secondsOf[unit as keyof typeof secondsOf] ?? Number.NaN);
  if (seconds >= 1 && seconds <= longestDuration) return seconds;
  const message = `${shown(text)} is not a length of time: write 30m, 24h or 7d (units s, m, h, d, w; at most 366d).`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** Prose on one line, however it was folded in the file; nothing invisible stays in it. */
export const sentence = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .transform((text) => text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim());

/** An id of ours, shown in issues and typed in commands. */
export const id = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, {
  error: (issue) => `${shown(issue.input)} is not an id: lower-case letters, digits and hyphens, at most 64.`,
});

/** A GitHub login, in lower case. Bots never have rights, so `[bot]` is none. */
export const login = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9_-]{0,37}[a-z0-9])?$/i, {
    error: (issue) => `${shown(issue.input)} is not a GitHub login: write hana, without @; bots never have rights.`,
  })
  .toLowerCase();

/** `org/team`, in lower case. */
export const team = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?\/[a-z0-9][a-z0-9._-]{0,99}$/i, {
    error: (issue) => `${shown(issue.input)} is not a team: write org/team, without @.`,
  })
  .toLowerCase();

/** `owner/name` of a repository, in lower case. */
export const repository = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?\/[\w.-]{1,100}$/i, {
    error: (issue) => `${shown(issue.input)} is not a repository: write owner/name.`,
  })
  .toLowerCase();

/** An organization, or one repository of it, in lower case. */
export const organizationOrRepository = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?(?:\/[\w.-]{1,100})?$/i, {
    error: (issue) => `${shown(issue.input)} is not an organization or a repository: write acme or acme/infra.`,
  })
  .toLowerCase();

/** A repository role as GitHub's `role_name` gives it: `triage`, `maintain`, or a custom one. */
export const role = z.string().regex(/^(?!none$)[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,62}[\p{L}\p{N}])?$/u, {
  error: (issue) =>
    `${shown(issue.input)} is not a repository role: read, triage, write, maintain, admin or a custom role.`,
});

/** A CIDR block, as its own network address. */
export const block = z.string().transform((text, context) => {
  const canonical = canonicalBlock(text.trim());
  const typed = text.trim().toLowerCase();
  if (canonical && sameBlock(canonical, typed)) return canonical;
  const hint = canonical ? `; did you mean ${canonical}?` : ', such as 10.20.0.0/16 or 203.0.113.7.';
  context.addIssue({ code: 'custom', message: `${shown(text)} is not a block of addresses${hint}` });
  return z.NEVER;
});

/** An address, a block or a domain (with its subdomains), canonical. */
export const blockOrDomain = z.string().transform((text, context) => {
  const typed = text.trim().toLowerCase();
  const canonical = canonicalBlock(typed);
  if (canonical && sameBlock(canonical, typed))
    return typed.includes('/') ? canonical : canonical.replace(/\/\d+$/, '');
  const domain = canonical ? undefined : canonicalDomain(typed);
  if (domain) return domain;
  const hint = canonical ? `; did you mean ${canonical}?` : ', such as 203.0.113.7, 10.20.0.0/16 or example.com.';
  const message = `${shown(text)} is not an address, a block or a domain (subdomains are included)${hint}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** `10.20.1.5/16` names a host inside a block: a slip we do not guess about. */
function sameBlock(canonical: string, typed: string): boolean {
  if (!typed.includes('/')) return true;
  const address = typed.slice(0, typed.indexOf('/'));
  return canonicalBlock(address)?.replace(/\/\d+$/, '') === canonical.replace(/\/\d+$/, '');
}

/** What a rule writes between per cent signs. */
export const placeholderName = z
  .string()
  .regex(/^[A-Za-z][\w-]{0,63}$/, 'a placeholder is a letter and then letters, digits, _ and -, such as Servers.');

/** A name of the time zone database. */
export const timeZone = z.string().refine(isTimeZone, {
  error: (issue) => `${shown(issue.input)} is not a time zone: write a name such as Asia/Tokyo, Europe/Berlin or UTC.`,
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.length <= 64;
  } catch {
    return false;
  }
}
