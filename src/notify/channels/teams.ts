import { z } from 'zod';
import type { Channel, Outcome } from '../channel.ts';
import type { Message } from '../message.ts';
import { outcomeOf, postJson } from '../post-json.ts';
import { secretAddress } from '../secret-address.ts';

/**
 * A Microsoft Teams webhook made with Workflows, which takes a message with one Adaptive Card and answers 202; the older
 * kind answers 200, also when Teams took nothing and the body says so. Text stands in text runs, which know no markdown.
 */
export const teams: Channel<Record<string, never>> = {
  name: 'teams',
  title: 'Teams',
  settings: z.strictObject({}),
  events: ['opened', 'raised'],
  once: false,
  open(secret, _settings, { timeoutMs }) {
    const address = secretAddress(secret);
    if ('unavailable' in address) return address;
    return {
      async send(message): Promise<Outcome> {
        const answer = await postJson('Teams', address.url, teamsBody(message), timeoutMs);
        if ('is' in answer) return answer;
        const inner = /returned HTTP error (\d{3})/.exec(answer.body)?.[1];
        const status = answer.status === 200 && inner !== undefined ? Number(inner) : answer.status;
        return outcomeOf('Teams', { ...answer, status });
      },
    };
  },
};

function teamsBody({ line, facts, link }: Message) {
  const run = (text: string, bold = false) => ({
    type: 'TextRun',
    text: unmarked(text),
    ...(bold ? { weight: 'Bolder' } : {}),
  });
  const block = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [block(run(line, true)), ...facts.map(({ name, value }) => block(run(`${name}: `, true), run(value)))],
          actions: link ? [{ type: 'Action.OpenUrl', title: unmarked(link.text), url: link.url }] : [],
        },
      },
    ],
  };
}

/** Nothing of ours is written between angle brackets, so no `<at>` can be made of what is. */
function unmarked(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
