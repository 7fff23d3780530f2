import type { PlantedText } from '../domain/assessment.ts';
import { cutText } from '../domain/cut.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import { plantedText } from '../investigate/gates/planted.ts';
import { investigationWords } from '../messages/investigation.ts';

/** Texts of one incident that are looked at, at most, characters of each, and of all together. */
const limits = { texts: 400, characters: 16_384, all: 262_144 } as const;

/** Orders to whoever investigates, in what an attacker could write: titles, fields, names, raw records. */
export function plantedIn(view: Pick<IncidentView, 'alerts' | 'entities' | 'evidence' | 'policy'>): PlantedText[] {
  const words = investigationWords(view.policy.language);
  const texts = [
    ...view.alerts.flatMap((a) => [
      { where: words.titleOfAlert, text: a.title },
      ...a.quoted.map((q) => ({ where: words.field(cutText(q.name, 40)), text: q.value })),
    ]),
    ...view.entities.map((e) => ({ where: words.nameOf(e.type.replace('_', ' ')), text: e.value })),
    ...view.evidence.flatMap((e) => {
      const { text } = (e.result ?? {}) as { text?: unknown };
      return e.trust === 'untrusted' && typeof text === 'string'
        ? [{ where: words.rawRecord, text, evidence: e.id }]
        : [];
    }),
  ];
  let left: number = limits.all;
  const looked = texts.slice(0, limits.texts).map((one) => {
    const text = one.text.slice(0, Math.min(limits.characters, left));
    left -= text.length;
    return { ...one, text };
  });
  return plantedText(looked);
}
