import { z } from 'zod';
import { canonicalBlock } from '../../domain/address.ts';
import { alertKinds } from '../../domain/alert.ts';
import { canonicalValue } from '../../domain/canonical-value.ts';
import { entityTypes } from '../../domain/entity.ts';
import { severities } from '../../domain/severity.ts';
import { entityForms } from '../entity-forms.ts';
import { shown } from '../problems.ts';
import { listOf, strict } from './strict.ts';

const pattern = z.string().trim().min(1).max(500);

/** Values of an entity as alerts carry them: canonical, or a pattern with `*`, or for addresses a block. */
const entity = strict({
  type: z.enum(entityTypes).exactOptional(),
  value: listOf(pattern).exactOptional(),
}).transform(({ type, value }, context) => {
  const canonical = value?.map((text, i) => {
    if (text.includes('*')) return text;
    const found = text.includes('/') && (type ?? 'ip') === 'ip' ? canonicalBlock(text) : undefined;
    const known = found ?? (type ? canonicalValue(type, text) : text);
    if (known !== undefined) return known;
    const expected = type ? `${entityForms[type]}${type === 'ip' ? ', a block such as 10.20.0.0/16' : ''}` : 'text';
    context.addIssue({
      code: 'custom',
      path: ['value', i],
      message: `${shown(text)} is not ${expected} or a pattern with *.`,
    });
    return text;
  });
  return { ...(type && { type }), ...(canonical && { value: canonical }) };
});

const patterns = listOf(pattern).exactOptional();

/** Where an alert comes from. */
const scope = { organization: patterns, repository: patterns, account: patterns, region: patterns };

/** `when:` of every rule. `when: {}` holds for every alert. */
export const conditionSchema = strict({
  kind: listOf(z.enum(alertKinds)).exactOptional(),
  source: patterns,
  rule: patterns,
  title: patterns,
  severity: z.enum(severities).exactOptional(),
  ...scope,
  entity: entity.exactOptional(),
});

/** `when:` of a route: nothing that changes while an alert lives, since an incident stays where it is. */
export const routeConditionSchema = strict({
  kind: listOf(z.enum(alertKinds)).exactOptional(),
  source: patterns,
  rule: patterns,
  ...scope,
  entity: entity.exactOptional(),
});
