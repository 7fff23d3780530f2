import { addressRange, inBlock } from '../../domain/address.ts';
import { canonicalValue } from '../../domain/canonical-value.ts';
import type { AlertEntity, Entity } from '../../domain/entity.ts';
import type { Language } from '../../domain/locale.ts';
import type { ContextEntry } from '../../domain/policy.ts';
import { outwardWords } from '../../messages/outward.ts';
import { innerSuffixes } from './inner-suffixes.ts';
import { looksLikeData } from './label-entropy.ts';

/** What decides whether a value may be told to somebody outside. */
export interface OutwardGround {
  /** Entities of the incident's alerts, with where each was found. */
  entities: readonly AlertEntity[];
  /** What the organization's policy says is its own. */
  context: readonly ContextEntry[];
}

/** Public addresses by the registries' tables that a cloud answers its own machines on: Azure's wire server. */
const cloudOwn = new Set(['168.63.129.16']);

const longestName = 100;
const mostLabels = 6;

/**
 * Whether a value may be given to a tool that reaches outside: a public address, a public name or a file hash that a
 * typed field of an alert of this incident has, and that is not the organization's own. Never a URL, nor who or what is
 * inside. `refused` is one sentence.
 */
export function mayLeave(value: Entity, ground: OutwardGround, language: Language): { ok: true } | { refused: string } {
  const words = outwardWords(language);
  const refused =
    refusedType(value, words) ??
    unknownValue(value, ground, words) ??
    ownValue(value, ground.context, words) ??
    unsuitable(value, words);
  return refused === undefined ? { ok: true } : { refused };
}

type OutwardWords = ReturnType<typeof outwardWords>;

function refusedType({ type, value }: Entity, words: OutwardWords): string | undefined {
  if (type === 'url') return words.url;
  if (type !== 'ip' && type !== 'domain' && type !== 'file_hash') return words.type(type.replace('_', ' '));
  return canonicalValue(type, value) === value ? undefined : words.form;
}

function unknownValue({ type, value }: Entity, { entities }: OutwardGround, words: OutwardWords): string | undefined {
  const known = entities.filter((entity) => entity.type === type && entity.value === value);
  if (known.length === 0) return words.unknown;
  if (known.some((entity) => entity.from === 'field')) return undefined;
  return words.textOnly;
}

function ownValue({ type, value }: Entity, context: readonly ContextEntry[], words: OutwardWords): string | undefined {
  const owner = context.find(
    (entry) =>
      (type === 'ip' && entry.cidr.some((block) => inBlock(value, block))) ||
      entry.entities.some((entity) => isSame({ type, value }, entity)),
  );
  return owner && words.own(owner.origin.path);
}

/** A domain is one's own when it is, or lies below, a name of one's own; that of one's mail addresses is such a name. */
function isSame(value: Entity, own: Entity): boolean {
  if (value.type !== 'domain') return value.type === own.type && value.value === own.value;
  const name = own.type === 'email' ? own.value.replace(/^.*@/, '') : own.value;
  const named = own.type === 'domain' || own.type === 'host' || own.type === 'email';
  return named && (value.value === name || value.value.endsWith(`.${name}`));
}

function unsuitable({ type, value }: Entity, words: OutwardWords): string | undefined {
  if (type === 'ip') {
    const open = addressRange(value) === 'unicast' && !cloudOwn.has(value);
    return open ? undefined : words.notPublic;
  }
  if (type !== 'domain') return undefined;
  const labels = value.split('.');
  if (innerSuffixes.has(labels.at(-1) ?? '')) return words.inside;
  if (value.length > longestName || labels.length > mostLabels) return words.long;
  return labels.some(looksLikeData) ? words.random : undefined;
}
