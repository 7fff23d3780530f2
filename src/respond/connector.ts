import type { z } from 'zod';
import type { Entity, EntityType } from '../domain/entity.ts';
import type { EveryLanguage, Language } from '../domain/locale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Forge, RepoRef } from '../ports/forge.ts';

/** One thing to do or undo on one resource. */
export interface Order {
  action: string;
  target: Entity;
  /** Until when it is to hold; undefined: until undone. */
  expiresAt: Date | undefined;
  /** Of what is said of it. */
  language: Language;
  /** Where it was ordered, for the system's own log: `acme/soc#12 T1`; empty when its readers may not know. */
  reference: string;
  /**
   * All that is to hold on this resource once the order is carried out, this target included (or not, when it is
   * undone), with its end: a connector that keeps a whole list writes this.
   */
  holding: { target: Entity; expiresAt: Date | undefined }[];
}

/** One concrete resource, open for orders. Every method is idempotent by target and throws a sentence when it fails. */
export interface OpenResource {
  /** What apply would do, in one sentence; changes nothing. */
  dryRun(order: Order): Promise<string>;
  /** Does it; what was done, in one sentence. */
  apply(order: Order): Promise<string>;
  /** Whether the target is held there right now, read back from the system itself. */
  verify(order: Order): Promise<{ holds: boolean; sentence: string }>;
  /** Takes it back; what was done, in one sentence. */
  undo(order: Order): Promise<string>;
}

/** What a connector may use. */
export interface ConnectorEnvironment {
  forge: Forge;
  /** The issue repository. */
  repo: RepoRef;
  clock: Clock;
  dataDir: string;
  /** `YAGURA_HOST_FIREWALL=1`: the host's own firewall may be changed. */
  hostFirewall: boolean;
  /** The demo: a network namespace of its own instead of the host. */
  demo: boolean;
}

/**
 * Code that talks to one outside system: one file in `connectors/`, which exports a constant of the file's name in
 * camelCase. Being in the folder makes it exist; only a resource and a response rule of the policy make it act.
 */
export interface Connector<Settings = unknown> {
  /** The file's name. */
  name: string;
  summary: string;
  /**
   * Typed actions and the entity types they take. `lasting`: what it did may stand for more than an hour after an undo
   * was asked for, so that no rule may let one person run it alone.
   */
  actions: { action: string; entity: EntityType[]; lasting?: boolean }[];
  settings: z.ZodType<Settings>;
  /** The setting that no two resources may have alike, where each is the only one that writes what it names. */
  sole?: string;
  /** The repository all of whose readers see the targets a resource holds; left out where they stand in none. */
  shownIn?(environment: Pick<ConnectorEnvironment, 'repo'>): RepoRef;
  /** Opens a resource, or says in one sentence why it cannot be used here and what to do. */
  open(
    id: string,
    settings: Settings,
    environment: ConnectorEnvironment,
  ): Promise<OpenResource | { unavailable: EveryLanguage }>;
}
