import { z } from 'zod';
import { httpVendor, type Vendor } from './vendor.ts';

const run = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.enum(['Bolder', 'Lighter', 'Default']).optional(),
});
const card = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  type: z.literal('AdaptiveCard'),
  version: z.string().regex(/^1\.[2-5]$/),
  body: z.array(z.strictObject({ type: z.literal('RichTextBlock'), inlines: z.array(run).min(1) })).min(1),
  actions: z
    .array(z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string().min(1), url: z.url() }))
    .max(6),
});
const body = z.strictObject({
  type: z.literal('message'),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        contentUrl: z.null(),
        content: card,
      }),
    )
    .length(1),
});

/** A webhook made with Workflows: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
export function teamsVendor(): Promise<Vendor> {
  return httpVendor({
    limit: 28 * 1024,
    answer: { status: 202, body: '' },
    bad: { status: 400, body: 'Bad Request' },
    secret: (url) => `${url}/workflows/synthetic/triggers/manual/paths/invoke?api-version=1&sig=synthetic`,
    take(given) {
      const [attachment] = body.parse(given).attachments;
      if (!attachment) throw new Error('no card');
      const { content } = attachment;
      const lines = content.body.map(({ inlines }) => inlines.map(({ text }) => text).join(''));
      if (lines.some((line) => /<at>/i.test(line))) throw new Error('a mention');
      return { line: lines[0] ?? '', text: lines.join('\n'), links: content.actions.map(({ url }) => url) };
    },
  });
}
