import type { Chance } from './seeded.ts';

/** A generic alert of our own making. */
export interface StoryAlert {
  id: string;
  title: string;
  rule: string;
  severity: string;
  time: string;
  entities: { type: string; value: string }[];
}

export interface Stories {
  alerts: StoryAlert[];
  /** Ids of alerts that belong together, by what they share: computed apart from Yagura's own grouping. */
  groups: string[][];
}

/**
 * Alerts about many hosts, each with an address of its own: new ones, repeats of earlier ones under a new id, and some
 * that name two hosts and so make two stories one.
 */
export function stories(chance: Chance, count: number, at: Date): Stories {
  const hosts = Array.from({ length: Math.max(3, Math.floor(count * 0.4)) }, (_, k) => k);
  const alerts: StoryAlert[] = [];
  for (let k = 0; k < count; k += 1) {
    const kind = chance.next();
    const earlier = alerts.length > 0 && kind < 0.15 ? chance.pick(alerts) : undefined;
    const on = [chance.pick(hosts)];
    if (kind > 0.93) on.push(chance.pick(hosts));
    alerts.push({
      id: `alert-${k}`,
      title: `Alarm ${k}`,
      rule: `rule-${chance.whole(1, 6)}`,
      severity: chance.pick(['low', 'medium', 'high']),
      entities: on.flatMap((host) => entitiesOf(host)),
      ...(earlier ? { rule: earlier.rule, entities: earlier.entities } : {}),
      time: new Date(at.getTime() + chance.whole(0, 1_800) * 1000).toISOString(),
    });
  }
  return { alerts, groups: groupsOf(alerts) };
}

function entitiesOf(host: number) {
  return [
    { type: 'host', value: `host-${host}.example.net` },
    { type: 'ip', value: `198.51.100.${1 + (host % 250)}` },
  ];
}

/** Connected components over shared entities. */
function groupsOf(alerts: StoryAlert[]): string[][] {
  const groups: { keys: Set<string>; ids: string[] }[] = [];
  for (const alert of alerts) {
    const keys = new Set(alert.entities.map((e) => `${e.type}:${e.value}`));
    const touching = groups.filter((group) => [...group.keys].some((key) => keys.has(key)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({
      keys: new Set([...keys, ...touching.flatMap((g) => [...g.keys])]),
      ids: [...touching.flatMap((g) => g.ids), alert.id],
    });
  }
  return partition(groups.map((group) => group.ids));
}

/** A partition in one form, whatever the order of groups and members was. */
export function partition(groups: string[][]): string[][] {
  return groups.map((ids) => ids.toSorted()).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}
