import { claimOf, course, distinct, reported, type ScriptedClaim } from './claims.ts';
import type { Scene, SeenEvidence } from './scene.ts';
import { sayingOf } from './wording.ts';

/** Sentences of an answer at most. */
const limit = 4;

/** What a question is about, by its words; the first that fits. */
const topics: { words: RegExp; tools: string[]; missing: 'onlyAlerts' | 'onlyContext' }[] = [
  {
    words:
      /\b(?:who else|anybody|anyone|elsewhere|other|seen|saw|see|known?|before|earlier|again)\b|ほか|他|以前|過去|前に|また|再び/,
    tools: ['entity-alerts', 'similar-incidents'],
    missing: 'onlyAlerts',
  },
  {
    words: /\b(?:who|whose|own|owns|owner|ours|belongs?)\b|誰|だれ|所有|持ち主|管理者/,
    tools: ['organization-context', 'address-owner'],
    missing: 'onlyContext',
  },
];

/** What a question may call things by. */
const kinds: [RegExp, string][] = [
  [/\b(?:address|ip)\b|アドレス/, 'ip'],
  [/\b(?:domain|name)\b|ドメイン/, 'domain'],
  [/\b(?:host|server|machine)\b|ホスト|サーバ|端末/, 'host'],
  [/\b(?:user|account|person|somebody)\b|ユーザ|アカウント/, 'user'],
  [/\b(?:container)\b|コンテナ/, 'container'],
  [/\b(?:key|bucket|repository|repo)\b|キー|バケット|リポジトリ/, 'cloud_resource'],
];

const beginning =
  /\b(?:how|when|begin|began|start|started|first|happen|happened)\b|いつ|どのよう|どうやって|始ま|最初|経緯|発端/;

/** An answer by the words of the question: it names the topic and the thing, and what tools answered about them is it. */
export function scriptedAnswer(scene: Scene): object {
  const asked = scene.asked.toLowerCase();
  const words = sayingOf(scene.language);
  const topic = topics.find(({ words }) => words.test(asked));
  if (!topic && beginning.test(asked)) {
    const claims = [...course(scene), ...distinct(scene.alerts).flatMap((alert) => reported(scene, alert))];
    return { claims: claims.slice(0, limit), cannotSay: '' };
  }
  const claims = about(scene, asked, topic?.tools)
    .slice(0, limit)
    .map((e) => said(e, scene));
  if (topic && claims.length > 0) return { claims, cannotSay: words[topic.missing] };
  return { claims: topic ? claims : [], cannotSay: words.fewWords };
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
function said(e: SeenEvidence, { language }: Scene): ScriptedClaim {
  const claim = claimOf(e);
  return e.outcome === 'could-not-look' ? { ...claim, text: sayingOf(language).nobodyLooked(e.says) } : claim;
}
