import { claimOf, course, distinct, foundBy, reported, type ScriptedClaim } from './claims.ts';
import type { Scene, SeenEvidence } from './scene.ts';
import { blockInPlainWords, sayingOf, techniqueInPlainWords, wordingOf } from './wording.ts';

/** Sentences for a reading at most. */
const weighed = 4;

/**
 * A report by simple rules: what was reported speaks for the bad reading, what people decided before for the good one. It
 * never says that something is harmless: a script cannot know.
 */
export function scriptedReport(scene: Scene): object {
  const { trusted } = scene;
  const words = wordingOf(trusted.kind, scene.language);
  const earlier = decidedBefore(scene);
  const bad = speaksForIt(scene);
  const good = [...earlier, ...known(scene)];
  const [because = { text: sayingOf(scene.language).nothing, evidence: [] }] = bad.length > 0 ? bad : good;
  const readings = [
    { statement: words.bad, benign: false, for: bad, against: earlier },
    { statement: words.good, benign: true, for: good, against: bad.slice(0, 1) },
  ];
  const verdict = verdictOf(scene, earlier, bad);
  const [worth = because] = known(scene);
  return {
    verdict,
    confidence: 'low',
    leading: 0,
    because,
    hypotheses: readings,
    severity: { proposed: trusted.severity ?? 'medium', because: worth },
    techniques: techniquesOf(scene),
    affected: affectedOf(scene, because),
    recommendations: (trusted.offers ?? []).slice(0, 3).map(({ offer, entity }) => {
      const target = scene.entities.find((one) => one.ref === entity);
      return {
        offer,
        now: verdict !== 'insufficient-data',
        because: naming(scene, target?.value) ?? because,
        plain: blockInPlainWords(target?.type ?? '', scene.language),
      };
    }),
    questions: [{ ask: words.ask, who: words.who }],
  };
}

/** Grave and not called harmless before is suspicious, or a risk where nobody has to have attacked yet. */
function verdictOf({ trusted }: Scene, earlier: ScriptedClaim[], bad: ScriptedClaim[]): string {
  const grave = trusted.severity === 'high' || trusted.severity === 'critical';
  if (!grave || bad.length === 0 || earlier.length > 0) return 'insufficient-data';
  return trusted.kind === undefined || trusted.kind === 'threat' ? 'suspicious' : 'security-risk';
}

/** What a tool found, as text: words are in the language of the room, its result is not. */
function resultOf({ result }: SeenEvidence): string {
  return typeof result === 'string' ? result : (JSON.stringify(result) ?? '');
}

function decidedBefore(scene: Scene): ScriptedClaim[] {
  return foundBy(scene, 'similar-incidents')
    .filter((e) => !/"verdict":"(?:true-positive|suspicious)"/.test(resultOf(e)))
    .map(claimOf);
}

function speaksForIt(scene: Scene): ScriptedClaim[] {
  const all = distinct(scene.alerts).flatMap((alert) => reported(scene, alert));
  return [...course(scene), ...all, ...foundBy(scene, 'entity-alerts').map(claimOf)].slice(0, weighed);
}

/** Whom and what the organization knows: somebody can be asked. */
function known(scene: Scene): ScriptedClaim[] {
  const ours = foundBy(scene, 'address-owner').filter((e) => resultOf(e).includes('"owner":"organization"'));
  return [...foundBy(scene, 'organization-context'), ...ours].slice(0, weighed).map(claimOf);
}

function techniquesOf(scene: Scene): object[] {
  const ids = (alert: { id: string }) => scene.trusted.alerts?.find(({ id }) => id === alert.id)?.techniques ?? [];
  const shown = new Map(
    scene.alerts
      .toReversed()
      .flatMap((alert) => ids(alert).flatMap((id) => reported(scene, alert).map((because) => [id, because] as const))),
  );
  return [...shown]
    .reverse()
    .slice(0, 4)
    .map(([id, because]) => ({ id, because, plain: techniqueInPlainWords(id, scene.language) }));
}

function affectedOf(scene: Scene, because: ScriptedClaim): object[] {
  return scene.entities
    .filter((e) => e.type === 'host' || e.type === 'cloud_resource')
    .slice(0, 3)
    .map((e) => ({ entity: `${e.type}:${e.value}`, evidence: because.evidence }));
}

/** The gravest alert whose own words hold a value. */
function naming(scene: Scene, value: string | undefined): ScriptedClaim | undefined {
  if (value === undefined) return undefined;
  const alert = scene.alerts.find((one) => JSON.stringify(one).includes(value));
  const [claim] = alert ? reported(scene, alert) : [];
  return alert && claim && { text: sayingOf(scene.language).names(alert.title), evidence: claim.evidence };
}
