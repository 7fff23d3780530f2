import { z } from 'zod';
import { httpVendor, type Vendor } from './vendor.ts';

/** Elements of `rich_text` as https://docs.slack.dev/reference/block-kit/blocks/rich-text-block lists them; those that call people are not among ours. */
const text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  style: z.strictObject({ bold: z.boolean() }).optional(),
});
const link = z.strictObject({ type: z.literal('link'), url: z.url(), text: z.string().min(1) });
const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(z.discriminatedUnion('type', [text, link])).min(1),
});
const list = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(section).min(1),
});
const body = z.strictObject({
  text: z.string().min(1).max(40_000),
  unfurl_links: z.boolean(),
  unfurl_media: z.boolean(),
  blocks: z
    .array(z.strictObject({ type: z.literal('rich_text'), elements: z.array(z.union([section, list])).min(1) }))
    .min(1)
    .max(50),
});

/** `<…>` in mrkdwn: a link, a mention or a command. */
const active = /<([^<>]*)>/g;

export function slackVendor(): Promise<Vendor> {
  return httpVendor({
    limit: 100_000,
    answer: { status: 200, body: 'ok' },
    bad: { status: 400, body: 'invalid_payload' },
    secret: (url) => `${url}/services/T00000000/B00000000/synthetic`,
    take(given) {
      const read = body.parse(given);
      const sections = read.blocks.flatMap((one) => one.elements.flatMap((e) => ('style' in e ? e.elements : [e])));
      const elements = sections.flatMap((one) => one.elements);
      const marks = [...read.text.matchAll(active)].map(([, inner = '']) => inner);
      if (marks.some((mark) => !/^https?:\/\//.test(mark))) throw new Error(`active in mrkdwn: ${marks}`);
      return {
        line: read.text
          .replace(active, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&')
          .trim(),
        text: elements.map((e) => e.text).join('\n'),
        links: [
          ...marks.map((mark) => mark.split('|')[0] ?? ''),
          ...elements.flatMap((e) => (e.type === 'link' ? [e.url] : [])),
        ],
      };
    },
  });
}
