import { z } from 'zod';
import type { Channel, Outcome } from '../channel.ts';
import type { Message } from '../message.ts';
import { outcomeOf, postJson, wordsOf } from '../post-json.ts';
import { secretAddress } from '../secret-address.ts';

/**
 * A Slack incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks): it answers
 * `200 ok`, or a short word such as `no_service`. What people read is `rich_text`, whose text elements Slack does not
 * parse; `text`, the line of the notification, is mrkdwn, of which only `&`, `<` and `>` begin anything active.
 */
export const slack: Channel<Record<string, never>> = {
  name: 'slack',
  title: 'Slack',
  settings: z.strictObject({}),
  events: ['opened', 'raised'],
  once: false,
  open(secret, _settings, { timeoutMs }) {
    const address = secretAddress(secret);
    if ('unavailable' in address) return address;
    return {
      async send(message): Promise<Outcome> {
        const answer = await postJson('Slack', address.url, slackBody(message), timeoutMs);
        if ('is' in answer) return answer;
        const taken = answer.status === 200 && answer.body.trim() !== 'ok';
        if (taken) return { is: 'refused', sentence: `Slack answered 200, but not "ok"${wordsOf(answer.body)}` };
        return outcomeOf('Slack', answer);
      },
    };
  },
};

function slackBody({ line, facts, link }: Message) {
  const text = (value: string, bold = false) => ({ type: 'text', text: value, ...(bold ? { style: { bold } } : {}) });
  const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
  const listed = facts.map(({ name, value }) => section(text(`${name}: `, true), text(value)));
  return {
    text: link ? `${escaped(line)} <${link.url}|${escaped(link.text)}>` : escaped(line),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      {
        type: 'rich_text',
        elements: [
          section(text(line, true)),
          ...(listed.length > 0 ? [{ type: 'rich_text_list', style: 'bullet', elements: listed }] : []),
          ...(link ? [section({ type: 'link', url: link.url, text: link.text })] : []),
        ],
      },
    ],
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
