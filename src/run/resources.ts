import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import { atMost } from '../domain/policy.ts';
import { unavailableWords } from '../messages/unavailable.ts';
import type { RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Connector, ConnectorEnvironment, OpenResource } from '../respond/connector.ts';

/** The resources of the policy in force, opened when first used and again when their settings change. */
export interface ResourcePool {
  open(id: string): Promise<OpenResource | { unavailable: EveryLanguage }>;
  /** Looks which resources of the policy cannot be used here. */
  probe(): Promise<void>;
  /** The repository all of whose readers see what a resource holds; undefined when there is none. */
  shownIn(id: string): RepoRef | undefined;
  /** By id, why a resource cannot be used, as the last probe saw it. */
  unavailable: ReadonlyMap<string, EveryLanguage>;
}

const inAll = (say: (words: ReturnType<typeof unavailableWords>) => string): EveryLanguage =>
  everyLanguage((language) => say(unavailableWords(language)));

export function createResourcePool(
  connectors: ReadonlyMap<string, Connector>,
  environment: ConnectorEnvironment,
  policy: PolicySource,
): ResourcePool {
  const unavailable = new Map<string, EveryLanguage>();
  const opened = new Map<string, { settings: string; resource: OpenResource }>();
  async function open(id: string): Promise<OpenResource | { unavailable: EveryLanguage }> {
    const resource = policy.current().resources.find((r) => r.id === id);
    if (!resource) return { unavailable: inAll((words) => words.noResource(id)) };
    const connector = connectors.get(resource.connector);
    if (!connector) return { unavailable: inAll((words) => words.noConnector(resource.connector)) };
    const key = JSON.stringify([resource.connector, resource.settings]);
    const known = opened.get(id);
    if (known?.settings === key) return known.resource;
    const settings = connector.settings.safeParse(resource.settings);
    if (!settings.success)
      return { unavailable: inAll((words) => words.wrongSettings(id, settings.error.issues[0]?.message ?? '')) };
    const made = await connector.open(id, settings.data, environment);
    if ('unavailable' in made) return made;
    opened.set(id, { settings: key, resource: made });
    return made;
  }

  return {
    open,
    shownIn(id) {
      const resource = policy.current().resources.find((r) => r.id === id);
      return resource && connectors.get(resource.connector)?.shownIn?.(environment);
    },
    unavailable,
    async probe() {
      const { resources, mode } = policy.current();
      unavailable.clear();
      // In these modes nothing is run, so nothing is opened.
      if (atMost(mode, 'recommend')) return;
      for (const { id } of resources) {
        const found = await open(id);
        if ('unavailable' in found) unavailable.set(id, found.unavailable);
      }
    },
  };
}
