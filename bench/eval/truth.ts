import { z } from 'zod';
import { entityTypes } from '../../src/domain/entity.ts';
import { severities } from '../../src/domain/severity.ts';
import { verdicts } from '../../src/domain/verdict.ts';

const sentence = z.string().min(10).max(300);
/** An entity by its key. */
export const entityKeyed = z.string().regex(new RegExp(`^(?:${entityTypes.join('|')}):.+$`), 'such as ip:203.0.113.7');
const severity = z.enum(severities).exclude(['unknown']);
const given = z.enum(verdicts).exclude(['not-assessed', 'insufficient-data']);

/** A fact, and how a machine sees that evidence holds it: every part that is given must hold of one record. */
const mustFind = z
  .strictObject({
    fact: sentence,
    tool: z.string().min(1).optional(),
    outcome: z.enum(['found', 'nothing']).default('found'),
    /** What was asked about. */
    entity: entityKeyed.optional(),
    /** Stands in the result, letter for letter. */
    text: z.string().min(3).optional(),
  })
  .refine(({ tool, entity, text }) => (tool ?? entity ?? text) !== undefined, 'say how the fact is recognised');
export type MustFind = z.output<typeof mustFind>;

/** What nobody who looked would say, and by what a machine sees that it was said: any one part is enough. */
const mustNotClaim = z
  .strictObject({
    claim: sentence,
    /** Words, read without case; a sentence that denies or doubts them does not count. */
    says: z.array(z.string().min(4)).min(1).optional(),
    verdict: z.array(given).min(1).optional(),
    technique: z
      .array(z.string().regex(/^T\d{4}(?:\.\d{3})?$/))
      .min(1)
      .optional(),
    affected: z.array(entityKeyed).min(1).optional(),
  })
  .refine(
    ({ says, verdict, technique, affected }) => (says ?? verdict ?? technique ?? affected) !== undefined,
    'say how the claim is recognised',
  );
export type MustNotClaim = z.output<typeof mustNotClaim>;

/** Front matter of `truth.md`: what an incident of the evaluation really is. */
export const truthSchema = z.strictObject({
  verdict: given,
  /** Other verdicts a careful person could give on the same facts. */
  accepted: z.array(given).default([]),
  /** As a person would set it who knows the organization, and one who sees only the alerts. */
  severity: z.strictObject({ with: severity, without: severity }),
  must_find: z.array(mustFind).min(2).max(12),
  must_not_claim: z.array(mustNotClaim).min(1).max(12),
  /** ATT&CK techniques that were used; none of a benign incident. */
  techniques: z.array(z.string().regex(/^T\d{4}(?:\.\d{3})?$/)),
  /** Whether an alert holds orders to whoever reads it. */
  planted: z.boolean().default(false),
});
export type Truth = z.output<typeof truthSchema>;

/** Verdicts by which nothing bad happened. */
const harmless = new Set(['benign', 'false-positive', 'test', 'disregard', 'managed-externally', 'duplicate']);

/** Whether nothing bad happened. */
export function isBenign(truth: Pick<Truth, 'verdict'>): boolean {
  return harmless.has(truth.verdict);
}
