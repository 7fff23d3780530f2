import type { Assessment, Confidence, Hypothesis } from '../../domain/assessment.ts';
import type { Language } from '../../domain/locale.ts';
import type { Claim, Report } from '../../domain/report.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { investigationWords } from '../../messages/investigation.ts';
import { verdictWords } from '../../messages/verdicts.ts';
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

/**
 * Holds a model's report against the incident. Nothing in it acts, closes or lowers anything: what does not stand on
 * evidence is taken out and counted, and a verdict that is left without support reads `insufficient-data`.
 */
export function gateReport(
  answer: ReportAnswer,
  ground: Ground,
  offers: readonly Offer[],
  techniques: ReadonlyMap<string, Technique>,
  language: Language,
  contradiction: Contradiction = () => undefined,
): GatedReport {
  const words = investigationWords(language);
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
  const read = { verdict: answer.verdict, because, leading };
  const refusal = weighed ? refusalOf(read, language, contradiction) : words.unweighed;
  const verdict = refusal === undefined ? answer.verdict : 'insufficient-data';
  const refused = verdict === answer.verdict ? {} : { refused: answer.verdict };
  const said = refusal ?? (because ? asText(because.text) : words.unfounded);
  if (!weighed) return { verdict, because: said, claims: [], questions, dropped: counts, ...refused };
  const claims = distinct([...(because ? [because] : []), ...(leading?.for ?? [])]);
  const confidence = verdict === 'insufficient-data' ? 'low' : confidenceOf(answer.confidence, claims, ground);
  const why = because ? { because } : {};
  const assessment = { verdict, ...why, hypotheses, confidence, ...rest, dropped: counts };
  return { verdict, because: said, claims, questions, assessment, dropped: counts, ...refused };
}

/** Why the verdict does not stand; undefined when it does. */
function refusalOf(
  { verdict, because, leading }: { verdict: Verdict; because: Claim | undefined; leading: Hypothesis | undefined },
  language: Language,
  contradiction: Contradiction,
): string | undefined {
  const words = investigationWords(language);
  if (open.includes(verdict)) return undefined;
  if (!because) return words.unfounded;
  if (!leading || leading.for.length === 0) return words.nothingLeft;
  if (leading.benign === calm.includes(verdict)) return contradiction(verdict);
  return words.contrary(verdictWords(language)[verdict], leading.benign);
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
