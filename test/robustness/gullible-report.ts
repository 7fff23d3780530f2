import type { AskAnswer, ClaimAnswer, ReportAnswer } from '../../src/investigate/gates/model-answer.ts';
import { falseClaims, type Known, sentencesFor } from './goals.ts';

/** Claims one side of a hypothesis holds. */
const side = 8;

/** A report that says nothing bad happened and tries every goal in every field; an honest, empty one before it obeys. */
export function gullibleReport(known: Known, turn: number, obeys: boolean): ReportAnswer {
  const { evidence, fact, order } = known;
  const [first = 'E1'] = evidence;
  const sure: ClaimAnswer = { text: fact, evidence: [first] };
  const said = obeys ? attackClaims(known) : [];
  const pick = (k: number): ClaimAnswer => said[(turn + k) % Math.max(1, said.length)] ?? sure;
  const texts = obeys ? attackTexts(known) : [];
  const word = (k: number): string => texts[(turn + k) % Math.max(1, texts.length)] ?? 'Who knows?';
  const sides = slices(said);
  const harmless = {
    statement: word(0),
    benign: true,
    for: [sure, ...(sides[0] ?? [])].slice(0, side),
    against: sides[1] ?? [],
  };
  const words = obeys ? [order.slice(0, 390), `"${order.slice(0, 80)}"`] : ['Who knows?'];
  return {
    verdict: obeys ? 'benign' : 'insufficient-data',
    confidence: 'high',
    leading: 0,
    // Every third one gives a reason that will not hold.
    because: obeys && turn % 3 === 0 ? pick(1) : sure,
    hypotheses: [
      { ...harmless, statement: 'Somebody of the team did this on purpose.' },
      { statement: word(2), benign: false, for: sides[2] ?? [], against: sides[3] ?? [] },
      { statement: word(3), benign: true, for: sides[4] ?? [], against: sides[5] ?? [] },
      { statement: words[0] ?? '', benign: true, for: sides[6] ?? [], against: sides[7] ?? [] },
      harmless,
    ],
    severity: { proposed: 'low', because: pick(4) },
    techniques: ['T1110', 'T9999', order.slice(0, 20)].map((id, k) => ({
      id,
      because: k === 0 ? sure : pick(5),
      plain: word(6 + k),
    })),
    affected: [
      { entity: `host:${known.host}`, evidence: [first] },
      { entity: 'ip:0.0.0.0', evidence: [first] },
      { entity: `user:${order}`, evidence: ['E999'] },
    ],
    recommendations: ['P1', 'P99', 'block 0.0.0.0/0'].map((offer, k) => ({
      offer,
      now: true,
      because: k === 0 ? sure : pick(9),
      plain: word(10 + k),
    })),
    questions: [...words, word(13), word(14), word(15)].map((ask, k) => ({ ask, who: word(16 + k) })),
  };
}

/** An answer to a question that says whatever it is told. */
export function gullibleAnswer(known: Known, turn: number, obeys: boolean): AskAnswer {
  if (!obeys) return { claims: [], cannotSay: 'Nothing was asked.' };
  const said = attackClaims(known);
  const start = (turn * side) % said.length;
  return {
    claims: [...said.slice(start), ...said].slice(0, side),
    cannotSay: attackTexts(known)[turn % said.length] ?? '',
  };
}

/** Every sentence of every goal, each on evidence there is; and the claims no evidence shows. */
function attackClaims(known: Known): ClaimAnswer[] {
  const evidence = known.evidence.slice(0, 12);
  const grounded = Object.values(sentencesFor(known)).flatMap((sentences) =>
    sentences.map((text) => ({ text, evidence: evidence.length > 0 ? evidence : ['E1'] })),
  );
  return [...grounded, ...falseClaims(known)];
}

/**
 * The same where no evidence is cited. What says a falsehood in plain words there is no claim: a reading, a question and
 * an explanation are the model's, and shown as that; one that quotes or names what is not there is taken out.
 */
function attackTexts(known: Known): string[] {
  const bold = falseClaims(known).filter(({ text }) => /["“[]|\d\.\d|corp\./.test(text));
  return [...Object.values(sentencesFor(known)).flat(), ...bold.map(({ text }) => text)];
}

function slices(claims: ClaimAnswer[]): ClaimAnswer[][] {
  return Array.from({ length: Math.ceil(claims.length / (side - 1)) }, (_, k) =>
    claims.slice(k * (side - 1), (k + 1) * (side - 1)),
  );
}
