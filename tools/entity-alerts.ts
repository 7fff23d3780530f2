import { z } from 'zod';
import { entityTypes } from '../src/domain/entity.ts';
import type { Tool } from '../src/investigate/tool.ts';

const args = z.strictObject({ entity: z.object({ type: z.enum(entityTypes), value: z.string() }) });

/** Earlier and other alerts of an entity, in all other incidents. */
export const entityAlerts: Tool<z.infer<typeof args>> = {
  name: 'entity-alerts',
  summary: 'Alerts of other incidents that carry an entity.',
  risk: 'own',
  each: 'entity',
  args,
  async run({ entity }, { facts, incident }) {
    const found = await facts.alertsOf(entity, { exceptIncident: incident.id, limit: 10 });
    if (found.total === 0)
      return { outcome: 'nothing', summary: ['no other incident has ', { entity }], result: found, trust: 'own' };
    const [latest] = found.alerts;
    const where = latest?.issue ? [' in ', { issue: latest.issue }] : [];
    return {
      outcome: 'found',
      summary: [
        { entity },
        ` is in ${found.total} alert${found.total > 1 ? 's' : ''} of other incidents, the last: `,
        { quote: latest?.title ?? '' },
        ...where,
      ],
      result: found,
      trust: 'product',
    };
  },
};
