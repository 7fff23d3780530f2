import { addressRange, inBlock } from '../../domain/address.ts';
import { canonicalValue } from '../../domain/canonical-value.ts';
import type { AlertEntity, Entity } from '../../domain/entity.ts';
import type { ContextEntry } from '../../domain/policy.ts';
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
export function mayLeave(value: Entity, ground: OutwardGround): { ok: true } | { refused: string } {
  const refused =
    refusedType(value) ?? unknownValue(value, ground) ?? ownValue(value, ground.context) ?? unsuitable(value);
  return refused === undefined ? { ok: true } : { refused };
}

function refusedType({ type, value }: Entity): string | undefined {
  if (type === 'url') return 'A URL is never looked up outside; its path may carry what nobody should be told.';
  if (type !== 'ip' && type !== 'domain' && type !== 'file_hash')
    return `A ${type.replace('_', ' ')} is not looked up outside; addresses, domains and file hashes are.`;
  return canonicalValue(type, value) === value ? undefined : 'It is not written as a value of its type.';
}

function unknownValue({ type, value }: Entity, { entities }: OutwardGround): string | undefined {
  const known = entities.filter((entity) => entity.type === type && entity.value === value);
  if (known.length === 0) return 'It is no entity of this incident.';
  if (known.some((entity) => entity.from === 'field')) return undefined;
  return 'It stands only in free text, which anybody may have written.';
}

function ownValue({ type, value }: Entity, context: readonly ContextEntry[]): string | undefined {
  const owner = context.find(
    (entry) =>
      (type === 'ip' && entry.cidr.some((block) => inBlock(value, block))) ||
      entry.entities.some((entity) => isSame({ type, value }, entity)),
  );
  return owner && `It belongs to the organization (${owner.origin.path}).`;
}

/** A domain is one's own when it is, or lies below, a name of one's own; that of one's mail addresses is such a name. */
function isSame(value: Entity, own: Entity): boolean {
  if (value.type !== 'domain') return value.type === own.type && value.value === own.value;
  const name = own.type === 'email' ? own.value.replace(/^.*@/, '') : own.value;
  const named = own.type === 'domain' || own.type === 'host' || own.type === 'email';
  return named && (value.value === name || value.value.endsWith(`.${name}`));
}

function unsuitable({ type, value }: Entity): string | undefined {
  if (type === 'ip') {
    const open = addressRange(value) === 'unicast' && !cloudOwn.has(value);
    return open ? undefined : 'It is no address of the public internet.';
  }
  if (type !== 'domain') return undefined;
  const labels = value.split('.');
  if (innerSuffixes.has(labels.at(-1) ?? '')) return 'It is a name of an inside network.';
  if (value.length > longestName || labels.length > mostLabels) return 'It is so long that it may carry data outside.';
  return labels.some(looksLikeData) ? 'A part of it looks random, so that it may carry data outside.' : undefined;
}
