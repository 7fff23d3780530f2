import { z } from 'zod';
import { contextOf } from '../src/domain/context.ts';
import { cutText } from '../src/domain/cut.ts';
import { entityTypes } from '../src/domain/entity.ts';
import type { Tool } from '../src/investigate/tool.ts';
import { toolWords } from '../src/messages/tools.ts';

const args = z.strictObject({ entity: z.object({ type: z.enum(entityTypes), value: z.string() }) });

/** What the config repository says about an entity. */
export const organizationContext: Tool<z.infer<typeof args>> = {
  name: 'organization-context',
  summary: 'What the organization wrote about an entity under context/.',
  risk: 'own',
  each: 'entity',
  args,
  async run({ entity }, { policy, language }) {
    const words = toolWords(language);
    const entries = contextOf(policy, entity);
    if (entries.length === 0)
      return {
        outcome: 'nothing',
        summary: words.saysNothing(entity),
        result: [],
        trust: 'own',
      };
    const told = entries.map((e) => {
      const facts = [
        ...(e.criticality ? [words.criticality(e.criticality)] : []),
        ...(e.owner ? [words.owner(e.owner)] : []),
        ...(e.shared ? [words.shared] : []),
      ];
      return words.entry(`${e.kind} ${e.name}`, facts, e.origin.path);
    });
    return {
      outcome: 'found',
      summary: words.says(entity, told),
      result: entries.map(({ kind, name, owner, criticality, shared, body, origin }) => ({
        kind,
        name,
        owner: owner ?? null,
        criticality: criticality ?? null,
        shared,
        says: cutText(body, 2000).toWellFormed(),
        at: `${origin.path}@${policy.commit}`,
      })),
      trust: 'own',
    };
  },
};
