import { z } from 'zod';
import { type EntityType, entityTypes } from '../../domain/entity.ts';
import type { Playbook, PlaybookStep } from '../../domain/policy.ts';
import { notAllowed } from '../problems.ts';
import { conditionSchema } from './condition.ts';
import { strict } from './strict.ts';
import { id, sentence } from './values.ts';

const onceFor = ['incident', 'alert', ...entityTypes] as const;

/** `incident`, `alert`, an entity type or a list of entity types. */
const each = z.unknown().transform((value, context): PlaybookStep['each'] => {
  if (value === 'incident' || value === 'alert') return value;
  const types = Array.isArray(value) ? value : [value];
  const allowed: readonly string[] = Array.isArray(value) ? entityTypes : onceFor;
  const wrong = types.findIndex((type) => !isEntityType(type));
  if (types.length > 0 && types.every(isEntityType)) return types;
  const path = Array.isArray(value) && wrong !== -1 ? [wrong] : [];
  context.addIssue({ code: 'custom', path, message: notAllowed('', types[wrong] ?? '', allowed) });
  return z.NEVER;
});

const step = strict({
  tool: id,
  each,
  args: z.record(z.string(), z.unknown()).exactOptional(),
});

const question = strict({ ask: sentence, who: sentence });

/** Front matter of `playbooks/*.md`. */
export const playbookSchema = strict({
  when: conditionSchema,
  steps: z.array(step).min(1).max(50),
  questions: z.array(question).max(20).exactOptional(),
});

function isEntityType(value: unknown): value is EntityType {
  return entityTypes.some((type) => type === value);
}

/** The playbook of one file; its id is the file's name. */
export function playbook(data: z.output<typeof playbookSchema>, body: string, path: string): Playbook {
  return {
    id: path.slice(path.lastIndexOf('/') + 1, -'.md'.length),
    when: data.when,
    steps: data.steps.map((given) => ({ tool: given.tool, each: given.each, args: given.args ?? {} })),
    questions: data.questions ?? [],
    body: body.trim(),
    origin: { path, line: 1 },
  };
}
