import type { Advice, Assessment, Hypothesis, TechniqueSeen } from '../../domain/assessment.ts';
import { canonicalValue } from '../../domain/canonical-value.ts';
import { type Entity, entityTypes } from '../../domain/entity.ts';
import type { Report } from '../../domain/report.ts';
import type { Technique } from '../attack/techniques.ts';
import { asText } from './as-text.ts';
import type { Dropped } from './dropped.ts';
import type { Ground } from './ground.ts';
import type { ReportAnswer } from './model-answer.ts';

/** An action the response policy proposes, with the id the model knows it by. */
export interface Offer {
  /** `P1` */
  id: string;
  action: string;
  target: Entity;
  /** The response rule that proposes it. */
  rule: string;
}

/** Most of each list, as the model is told. */
const most = { hypotheses: 6, weighed: 8, techniques: 12, affected: 30, advice: 20, questions: 6 };

/** The hypotheses whose statement passes, the leading one first; it is undefined when its statement did not pass. */
export function hypothesesOf(answer: ReportAnswer, dropped: Dropped) {
  let leading: Hypothesis | undefined;
  const rest: Hypothesis[] = [];
  for (const [index, given] of dropped.first(answer.hypotheses, most.hypotheses).entries()) {
    const statement = dropped.text(given.statement);
    const weighed = {
      for: dropped.claims(given.for, most.weighed),
      against: dropped.claims(given.against, most.weighed),
    };
    if (!statement) continue;
    const hypothesis = { statement, benign: given.benign, ...weighed };
    if (index === answer.leading) leading = hypothesis;
    else rest.push(hypothesis);
  }
  return { leading, hypotheses: leading ? [leading, ...rest] : rest };
}

/** Questions for people, as texts: their indicators defanged. */
export function questionsOf(answer: ReportAnswer, dropped: Dropped): Report['questions'] {
  return dropped.first(answer.questions, most.questions).flatMap((question) => {
    const ask = dropped.text(question.ask);
    if (!ask) return [];
    const who = question.who.trim() === '' ? [] : dropped.text(question.who);
    return [{ ask: asText(ask), who: asText(who ?? []) }];
  });
}

/** The proposed severity, when the claim it stands on passes. `unknown` proposes nothing. */
export function severityOf(answer: ReportAnswer, dropped: Dropped): Pick<Assessment, 'severity'> {
  const because = dropped.claim(answer.severity.because);
  const { proposed } = answer.severity;
  return because && proposed !== 'unknown' ? { severity: { proposed, because } } : {};
}

/** Techniques that MITRE knows and still uses, under MITRE's names. */
export function techniquesOf(
  answer: ReportAnswer,
  dropped: Dropped,
  techniques: ReadonlyMap<string, Technique>,
): TechniqueSeen[] {
  const seen = new Map<string, TechniqueSeen>();
  for (const given of dropped.first(answer.techniques, most.techniques)) {
    const technique = techniques.get(given.id);
    if (!technique) dropped.add('names an ATT&CK technique that does not exist');
    else if (technique.revoked) dropped.add('names an ATT&CK technique that is no longer used');
    if (!technique || technique.revoked || seen.has(technique.id)) continue;
    const because = dropped.claim(given.because);
    const plain = because && dropped.text(given.plain);
    if (because && plain) seen.set(technique.id, { id: technique.id, name: technique.name, because, plain });
  }
  return [...seen.values()];
}

/** Entities of the incident that evidence of it shows to be harmed. */
export function affectedOf(answer: ReportAnswer, dropped: Dropped): Assessment['affected'] {
  const { ground } = dropped;
  const seen = new Map<Entity, string[]>();
  for (const given of dropped.first(answer.affected, most.affected)) {
    const entity = entityOf(given.entity, ground);
    const evidence = [...new Set(given.evidence)].slice(0, 12);
    if (!entity) dropped.add('names an indicator no evidence has');
    else if (evidence.length === 0) dropped.add('cites nothing');
    else if (!evidence.every((id) => ground.evidence.has(id))) dropped.add('names evidence that does not exist');
    else seen.set(entity, evidence);
  }
  return [...seen].map(([entity, evidence]) => ({ entity, evidence }));
}

function entityOf(key: string, ground: Ground): Entity | undefined {
  const type = entityTypes.find((one) => key.startsWith(`${one}:`));
  const value = type && canonicalValue(type, key.slice(type.length + 1));
  return ground.entities.get(`${type}:${value}`);
}

/** What the model says about the actions the policy offers; of any other action it is not heard. */
export function adviceOf(answer: ReportAnswer, dropped: Dropped, offers: readonly Offer[]): Advice[] {
  const seen = new Map<string, Advice>();
  for (const given of dropped.first(answer.recommendations, most.advice)) {
    const offer = offers.find((one) => one.id === given.offer);
    if (!offer) dropped.add('recommends what the policy does not offer');
    if (!offer || seen.has(offer.id)) continue;
    const because = dropped.claim(given.because);
    const plain = because && dropped.text(given.plain);
    const { action, target, rule } = offer;
    if (because && plain) seen.set(offer.id, { action, target, rule, now: given.now, because, plain });
  }
  return [...seen.values()];
}
