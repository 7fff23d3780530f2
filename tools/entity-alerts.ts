import { z } from 'zod';
import { titleIn } from '../src/domain/alert-title.ts';
import { entityTypes } from '../src/domain/entity.ts';
import type { SeenIssue } from '../src/domain/sentence.ts';
import type { Tool } from '../src/investigate/tool.ts';
import { toolWords } from '../src/messages/tools.ts';
import type { OtherAlert } from '../src/ports/facts.ts';

const args = z.strictObject({ entity: z.object({ type: z.enum(entityTypes), value: z.string() }) });

/** Earlier and other alerts of an entity, in all other incidents. */
export const entityAlerts: Tool<z.infer<typeof args>> = {
  name: 'entity-alerts',
  summary: 'Alerts of other incidents that carry an entity.',
  risk: 'own',
  each: 'entity',
  args,
  async run({ entity }, { facts, incident, language }) {
    const words = toolWords(language);
    const found = await facts.alertsOf(entity, { exceptIncident: incident.id, limit: 10 });
    const { restricted = 0 } = found;
    if (found.total === 0 && restricted > 0)
      return { outcome: 'found', summary: words.onlyRestricted(entity, restricted), result: found, trust: 'own' };
    if (found.total === 0)
      return { outcome: 'nothing', summary: words.noOtherAlerts(entity), result: found, trust: 'own' };
    const [latest] = found.alerts;
    return {
      outcome: 'found',
      summary: [
        ...words.otherAlerts(entity, found.total, latest ? titleIn(latest, language) : '', seen(latest)),
        ...(restricted > 0 ? words.inRestricted(restricted) : []),
      ],
      result: found,
      trust: 'product',
    };
  },
};

function seen(latest: OtherAlert | undefined): SeenIssue | undefined {
  return latest?.issue ? { issue: latest.issue, repository: latest.repository } : undefined;
}
