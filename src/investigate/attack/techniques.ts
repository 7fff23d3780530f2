import table from './attack-techniques.json' with { type: 'json' };

/** A technique of MITRE ATT&CK Enterprise. */
export interface Technique {
  /** `T1059.004` */
  id: string;
  /** MITRE's name of it. */
  name: string;
  /** Tactics by their short names, such as `initial-access`. */
  tactics: string[];
  /** Revoked or deprecated: MITRE no longer uses it. */
  revoked: boolean;
}

/** The version of ATT&CK the table is of. */
export const attackVersion = /ATT&CK v\d+/.exec(table.version)?.[0] ?? 'ATT&CK';

/** All techniques by their id; the table and MITRE's notice stand beside this file. */
export const techniques: ReadonlyMap<string, Technique> = new Map([
  ...rows(table.techniques, false),
  ...rows(table.revoked, true),
]);

function rows(given: Record<string, string[]>, revoked: boolean): [string, Technique][] {
  return Object.entries(given).map(([id, [name = '', tactics = '']]) => [
    id,
    { id, name, tactics: tactics.split(' ').filter((tactic) => tactic !== ''), revoked },
  ]);
}
