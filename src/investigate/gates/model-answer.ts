import { z } from 'zod';
import { confidences } from '../../domain/assessment.ts';
import { severities } from '../../domain/severity.ts';

/**
 * What a model answers, as it is asked for on the wire: no transforms, refinements or bounds, which not every server
 * keeps; the gates bound it afterwards. The descriptions are the model's instructions.
 */

/** What a model may conclude; the rest of OCSF's verdicts are for people and policy. */
const modelVerdicts = [
  'true-positive',
  'suspicious',
  'security-risk',
  'benign',
  'false-positive',
  'test',
  'disregard',
  'insufficient-data',
] as const;

const claim = z
  .object({
    text: z
      .string()
      .describe(
        'One sentence of plain text, at most 400 characters, that the cited evidence shows. No links, no markdown, no HTML. Put quotation marks or backticks only around text that stands literally in one cited record: anything else in quotation marks takes the sentence out. Name only addresses, domains, links, hashes and mail addresses that the evidence has.',
      ),
    evidence: z
      .array(z.string())
      .describe('Ids of the evidence of this incident that shows it, such as ["E2","E5"]; at least one, at most 12.'),
  })
  .describe('A fact and the evidence it stands on. A sentence without evidence, or that says more, is taken out.');

const plain = z
  .string()
  .describe(
    'One plain sentence for somebody who is no expert: what it means here, what may break, how it is undone. No links or markdown.',
  );

const hypothesis = z.object({
  statement: z.string().describe('One sentence: what may have happened. At most 400 characters, no links or markdown.'),
  benign: z.boolean().describe('True when it says that nothing bad happened.'),
  for: z.array(claim).describe('Evidence that speaks for it, strongest first; at most 8.'),
  against: z.array(claim).describe('Evidence that speaks against it, strongest first; at most 8.'),
});

/** The final report of a model. */
export const reportAnswer = z.object({
  verdict: z
    .enum(modelVerdicts)
    .describe('A proposal to people. insufficient-data when the evidence does not decide between the hypotheses.'),
  confidence: z
    .enum(confidences)
    .describe('high only when nothing that would matter could not be looked at, and little speaks against.'),
  leading: z.number().describe('Index, from 0, of the likeliest hypothesis.'),
  because: claim.describe('The one fact that decides the verdict, with its evidence.'),
  hypotheses: z
    .array(hypothesis)
    .describe('At least two readings of the incident, at most 6, at least one of them benign, each weighed honestly.'),
  severity: z
    .object({ proposed: z.enum(severities), because: claim })
    .describe('A proposal; people and policy set the severity.'),
  techniques: z
    .array(z.object({ id: z.string().describe('ATT&CK id, such as T1190 or T1059.004.'), because: claim, plain }))
    .describe('Only techniques that the evidence shows; at most 12, or none.'),
  affected: z
    .array(
      z.object({
        entity: z.string().describe('Type and value as the evidence has them, such as host:web-01 or ip:203.0.113.7.'),
        evidence: z.array(z.string()).describe('Ids of the evidence that shows it is affected.'),
      }),
    )
    .describe('What is or may be harmed; at most 30.'),
  recommendations: z
    .array(
      z.object({
        offer: z.string().describe('Id of an offered action, such as P1; there are no others.'),
        now: z.boolean().describe('Whether you would do it now rather than wait.'),
        because: claim,
        plain,
      }),
    )
    .describe('What you say about the offered actions; at most 20.'),
  questions: z
    .array(
      z.object({
        ask: z.string().describe('A question whose answer would decide between the hypotheses.'),
        who: z.string().describe('Who could answer it, as a role.'),
      }),
    )
    .describe('At most 6, the most decisive first.'),
});
export type ReportAnswer = z.infer<typeof reportAnswer>;
export type ClaimAnswer = ReportAnswer['because'];

/** The answer to a question somebody asked in the issue. */
export const askAnswer = z.object({
  claims: z.array(claim).describe('The answer, most important sentence first; at most 8, each with its evidence.'),
  cannotSay: z
    .string()
    .describe('One sentence: which part of the question the evidence does not answer; empty when it answers all.'),
});
export type AskAnswer = z.infer<typeof askAnswer>;
