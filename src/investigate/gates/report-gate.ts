import type { Assessment, Confidence, Hypothesis } from '../../domain/assessment.ts';
import type { Claim, Report } from '../../domain/report.ts';
import { type Verdict, verdictText } from '../../domain/verdict.ts';
import type { Technique } from '../attack/techniques.ts';
import { asText } from './as-text.ts';
import { Dropped } from './dropped.ts';
import type { Ground } from './ground.ts';
import type { ReportAnswer } from './model-answer.ts';
import {
  adviceOf,
  affectedOf,
  hypothesesOf,
  type Offer,
  questionsOf,
  severityOf,
  techniquesOf,
} from './report-parts.ts';

/** What is left of a model's report; without `assessment` it weighed nothing that can be shown. */
export interface GatedReport extends Pick<Report, 'verdict' | 'claims' | 'questions'> {
  /** One sentence for `Report.because`; when a gate refused the verdict, why. */
  because: string;
  assessment?: Assessment;
  /** Sentences the gates took out, by reason; also in the assessment. */
  dropped: Assessment['dropped'];
  /** The verdict the model proposed, when a gate did not let it stand. */
  refused?: Verdict;
}

/** Why a verdict cannot stand against what our own facts say, in one sentence; undefined when it can. */
export type Contradiction = (verdict: Verdict) => string | undefined;

/** Verdicts that say nothing bad happened, and the one that is neither. */
const calm: readonly Verdict[] = ['benign', 'false-positive', 'test', 'disregard'];
const open: readonly Verdict[] = ['insufficient-data'];

const unfounded = 'The model gave no reason that stands in the evidence';
const unweighed = 'The model did not weigh two readings of it, a harmless one among them';

/**
 * Holds a model's report against the incident. Nothing in it acts, closes or lowers anything: what does not stand on
 * evidence is taken out and counted, and a verdict that is left without support reads `insufficient-data`.
 */
export function gateReport(
  answer: ReportAnswer,
  ground: Ground,
  offers: readonly Offer[],
  techniques: ReadonlyMap<string, Technique>,
  contradiction: Contradiction = () => undefined,
): GatedReport {
  const dropped = new Dropped(ground);
  const because = dropped.claim(answer.because);
  const { hypotheses, leading } = hypothesesOf(answer, dropped);
  const questions = questionsOf(answer, dropped);
  const rest = {
    techniques: techniquesOf(answer, dropped, techniques),
    affected: affectedOf(answer, dropped),
    advice: adviceOf(answer, dropped, offers),
    ...severityOf(answer, dropped),
  };
  const counts = dropped.counts();
  const weighed = hypotheses.length >= 2 && hypotheses.some((one) => one.benign);
  const refusal = weighed ? refusalOf(answer.verdict, because, leading, contradiction) : unweighed;
  const verdict = refusal === undefined ? answer.verdict : 'insufficient-data';
  const refused = verdict === answer.verdict ? {} : { refused: answer.verdict };
  const said = refusal ?? (because ? asText(because.text) : unfounded);
  if (!weighed) return { verdict, because: said, claims: [], questions, dropped: counts, ...refused };
  const claims = distinct([...(because ? [because] : []), ...(leading?.for ?? [])]);
  const confidence = verdict === 'insufficient-data' ? 'low' : confidenceOf(answer.confidence, claims, ground);
  const why = because ? { because } : {};
  const assessment = { verdict, ...why, hypotheses, confidence, ...rest, dropped: counts };
  return { verdict, because: said, claims, questions, assessment, dropped: counts, ...refused };
}

/** Why the verdict does not stand; undefined when it does. */
function refusalOf(
  verdict: Verdict,
  because: Claim | undefined,
  leading: Hypothesis | undefined,
  contradiction: Contradiction,
): string | undefined {
  if (open.includes(verdict)) return undefined;
  if (!because) return unfounded;
  if (!leading || leading.for.length === 0) return 'No evidence is left for the reading the model thought likeliest';
  if (leading.benign !== calm.includes(verdict))
    return `The model said ${verdictText(verdict)}, but thought ${leading.benign ? 'a harmless' : 'a harmful'} reading likeliest`;
  return contradiction(verdict);
}

/** Never high on evidence that something could not be looked at. */
function confidenceOf(given: Confidence, claims: Claim[], ground: Ground): Confidence {
  const blind = claims.some((c) => c.evidence.some((id) => ground.evidence.get(id)?.outcome === 'could-not-look'));
  return blind && given === 'high' ? 'medium' : given;
}

/** Each sentence once. */
function distinct(claims: Claim[]): Claim[] {
  return [...new Map(claims.map((claim) => [asText(claim.text), claim])).values()];
}
