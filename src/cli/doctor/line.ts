import { maskSecrets } from '../../domain/secrets.ts';
import type { Environment } from '../../environment.ts';
import type { DoctorCheck, Finding, State } from './check.ts';

/** One line of the answer, as `--json` writes it. */
export interface Line {
  check: string;
  state: State;
  /** The check's own name for what it found; absent when all is well, and when it could not look. */
  outcome?: string;
  says: string;
  /** What to do, one sentence. */
  fix?: string;
}

/** A finding as its line, with the fix of its outcome. */
export function lineOf(check: DoctorCheck, finding: Finding): Line {
  if ('ok' in finding) return { check: check.name, state: 'ok', says: finding.ok };
  const { outcome, says, values = {} } = finding;
  const found = check.outcomes[outcome];
  if (!found) throw new Error(`${check.name} has no outcome "${outcome}".`);
  const fix = found.fix.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return { check: check.name, state: found.state, outcome, says, fix };
}

/** A check that could not look, and why. */
export function unseenLine(check: DoctorCheck, reason: string): Line {
  return { check: check.name, state: 'could-not-look', says: reason };
}

/** The line on one line, without what secrets hold and without what could move a terminal's cursor. */
export function harmless(line: Line, secrets: readonly string[]): Line {
  const clean = (text: string) =>
    maskSecrets(secrets.reduce((masked, secret) => masked.replaceAll(secret, '[secret removed]'), text)).replace(
      /[\p{C}\p{Z}\s]+/gu,
      ' ',
    );
  return { ...line, says: clean(line.says), ...(line.fix === undefined ? {} : { fix: clean(line.fix) }) };
}

const secretNames =
  /^(?:PRIVATE_KEY|WEBHOOK_SECRET|YAGURA_LIST_TOKEN|YAGURA_INGEST_TOKEN(?:_.+)?|YAGURA_NOTIFY_.+|ANTHROPIC_API_KEY)$/;

/** What must not be shown, whatever an error or a server says: the secrets of the environment, longest first. */
export function secretsOf(env: Environment): string[] {
  const named = Object.entries(env).flatMap(([name, value = '']) => (secretNames.test(name) ? [value] : []));
  const whole = [...named, ...named.flatMap((value) => value.split(/[\s,]+/)), env.DATABASE_URL ?? ''];
  const passwords = whole.map((value) => URL.parse(value)?.password ?? '');
  return [...whole, ...passwords, ...passwords.map(decoded)]
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
