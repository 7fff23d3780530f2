import { claimOf, course, distinct, reported, type ScriptedClaim } from './claims.ts';
import type { Scene, SeenEvidence } from './scene.ts';

/** Sentences of an answer at most. */
const limit = 4;

/** What a question is about, by its words; the first that fits. */
const topics: { words: RegExp; tools: string[]; missing: string }[] = [
  {
    words: /\b(?:who else|anybody|anyone|elsewhere|other|seen|saw|see|known?|before|earlier|again)\b/,
    tools: ['entity-alerts', 'similar-incidents'],
    missing: 'Only alerts were looked through: no log of other machines is connected',
  },
  {
    words: /\b(?:who|whose|own|owns|owner|ours|belongs?)\b/,
    tools: ['organization-context', 'address-owner'],
    missing: 'What context/ does not say, nobody wrote down',
  },
];

/** What a question may call things by. */
const kinds: [RegExp, string][] = [
  [/\b(?:address|ip)\b/, 'ip'],
  [/\b(?:domain|name)\b/, 'domain'],
  [/\b(?:host|server|machine)\b/, 'host'],
  [/\b(?:user|account|person|somebody)\b/, 'user'],
  [/\b(?:container)\b/, 'container'],
  [/\b(?:key|bucket|repository|repo)\b/, 'cloud_resource'],
];

/** An answer by the words of the question: it names the topic and the thing, and what tools answered about them is it. */
export function scriptedAnswer(scene: Scene): object {
  const asked = scene.asked.toLowerCase();
  const topic = topics.find(({ words }) => words.test(asked));
  if (!topic && /\b(?:how|when|begin|began|start|started|first|happen|happened)\b/.test(asked)) {
    const claims = [...course(scene), ...distinct(scene.alerts).flatMap((alert) => reported(scene, alert))];
    return { claims: claims.slice(0, limit), cannotSay: '' };
  }
  const claims = about(scene, asked, topic?.tools).slice(0, limit).map(said);
  if (topic && claims.length > 0) return { claims, cannotSay: topic.missing };
  const cannotSay =
    'This model plays a script and knows few words; ask who else saw something, whose it is, or how it began';
  return { claims: topic ? claims : [], cannotSay };
}

function about(scene: Scene, asked: string, tools: string[] | undefined): SeenEvidence[] {
  const named = scene.entities.filter(({ value }) => asked.includes(value.toLowerCase()));
  const types = kinds.flatMap(([words, type]) => (words.test(asked) ? [type] : []));
  const looked = scene.evidence.filter((e) => tools?.includes(e.tool));
  const narrow = looked.filter(({ query: { entity } }) =>
    named.length > 0
      ? named.some((one) => one.type === entity?.type && one.value === entity.value)
      : entity !== undefined && types.includes(entity.type),
  );
  const fitting = named.length > 0 || narrow.length > 0 ? narrow : looked;
  return [...fitting].sort((a, b) => Number(b.outcome === 'found') - Number(a.outcome === 'found'));
}

/** What could not be looked at is told as that. */
function said(e: SeenEvidence): ScriptedClaim {
  const claim = claimOf(e);
  return e.outcome === 'could-not-look' ? { ...claim, text: `Nobody could look: ${e.says}` } : claim;
}
