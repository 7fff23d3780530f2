import { createHmac } from 'node:crypto';
import { sha256 } from './canonical.ts';
import { changeJsonTexts, isJson } from './json-texts.ts';
import { type PersonalMask, personalMask } from './personal.ts';
import type { Privacy } from './policy.ts';
import { createPseudonyms } from './pseudonym.ts';
import type { IncomingRecord } from './record.ts';
import { maskSecretOf, maskSecrets, mayHoldSecretIn } from './secrets.ts';

/** JSON in a text in JSON in a text: as deep as products nest it. */
const depthLimit = 4;

/** Masks secrets always, and personal data as the policy in force says, before anything is written for the first time. */
export interface Masking {
  /**
   * A record as it may be stored: the same object when there is nothing to mask. The hash is of what is stored; an
   * identity that is only the bytes stays one of the bytes that were sent, by a keyed hash, so that the same record sent
   * again is known and nobody can try out passwords on the hash.
   */
  record(record: IncomingRecord): IncomingRecord;
  /** A text as it may be stored; the argument of `/redact` is no longer in it. */
  text(text: string): string;
  /** Every text of a value. */
  value<T>(value: T): T;
}

/** `key` keeps pseudonyms and identities from being guessed; `privacy` is asked every time. */
export function createMasking(key: string, privacy: () => Privacy): Masking {
  const pseudonyms = createPseudonyms(key);
  const personal = lastOf((policy: Privacy) => personalMask(policy, pseudonyms));
  const masking: Masking = {
    record(record) {
      const content = maskedContent(record.content, personal(privacy()));
      if (content === undefined) return record;
      const { contentHash: sent, byBytes } = record;
      const identity = byBytes ? record.identity.replace(sent, keyed(key, sent)) : record.identity;
      return { ...record, content, contentHash: sha256(content), identity };
    },
    text: (text) => withoutRedactions(maskText(text, [], personal(privacy()))),
    value<T>(value: T): T {
      return maskedValue(value, [], masking.text) as T;
    },
  };
  return masking;
}

function keyed(key: string, hash: string): string {
  return createHmac('sha256', key).update(`record:${hash}`).digest('hex');
}

/** The last answer is kept: a policy is one object as long as it is in force. */
function lastOf<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { key: Key; value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

/** Undefined when nothing is to be masked, which one look at the bytes says of most records. */
function maskedContent(content: Buffer, personal: PersonalMask | undefined): Buffer | undefined {
  const used = personal?.mayBeIn(content) ? personal : undefined;
  if (used === undefined && !mayHoldSecretIn(content)) return undefined;
  const text = content.toString('utf8');
  const masked = maskNested(text, [], used, 0);
  return masked === text ? undefined : Buffer.from(masked);
}

/** JSON stays JSON, at every depth; anything else is text. */
function maskNested(text: string, names: readonly string[], personal: PersonalMask | undefined, depth: number): string {
  if (depth >= depthLimit || !isJson(text)) return maskText(text, names, personal);
  return changeJsonTexts(text, (found, inside, place) => {
    if (place === 'name') return maskText(found, [], personal);
    if (place === 'number') return found.length < 6 ? found : maskText(found, inside, personal);
    return maskNested(found, inside, personal, depth + 1);
  });
}

function maskText(text: string, names: readonly string[], personal: PersonalMask | undefined): string {
  const masked = names.length === 0 ? maskSecrets(text) : maskSecretOf(names.at(-1) ?? '', text);
  return personal?.mask(masked, names) ?? masked;
}

/** What somebody wants gone must not be kept in the wish; whoever carries it out reads it from the comment itself. */
function withoutRedactions(text: string): string {
  if (!/redact/i.test(text.normalize('NFKC'))) return text;
  return text.replace(/[^\r\n]+/g, (line) => {
    const command = /^(\/redact)\s+\S/i.exec(line.normalize('NFKC'));
    return command ? `${command[1]} [text removed]` : line;
  });
}

function maskedValue(value: unknown, names: readonly string[], text: (text: string) => string): unknown {
  if (typeof value === 'string') return maskSecretOf(names.at(-1) ?? '', text(value));
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, names, text));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedValue(item, [key], text)]));
}
