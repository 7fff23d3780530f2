import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalJson } from '../../src/domain/canonical.ts';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import type { ContentBlock, Message, OfferedTool } from '../../src/ports/model.ts';
import { investigatorProcess } from '../../src/run/investigator-process.ts';
import type { FakeBlock, FakeMessage } from '../model/fake/answers.ts';
import { fakeMessagesApi, type SeenRequest } from '../model/fake/fake-messages-api.ts';
import { childProcesses } from './child-processes.ts';
import { exampleTools } from './example-tools.ts';
import { attack, spine } from './spine.ts';

const missing = existsSync('/proc/self/environ') ? '' : ' (missing: /proc)';
const agent = 'src/agent.ts';

/** The scripted model behind a real Messages API. */
async function scripted({ body }: SeenRequest): Promise<FakeMessage> {
  const format = body.output_config?.format;
  const { properties } = (format?.schema ?? {}) as { properties?: object };
  const { content } = await createScriptedModel().turn(
    {
      tier: 'investigate',
      system: '',
      messages: body.messages as Message[],
      tools: (body.tools ?? []) as OfferedTool[],
      maxTokens: body.max_tokens,
      ...(properties
        ? { output: z.object(Object.fromEntries(Object.keys(properties).map((key) => [key, z.any()]))) }
        : {}),
    },
    new AbortController().signal,
  );
  return { says: content.map(told) };
}

function told(block: ContentBlock): FakeBlock {
  if (block.type === 'text') return { text: block.text };
  if (block.type !== 'tool_use') throw new Error(`the script says ${block.type}`);
  return { tool: block.name, id: block.id, input: block.input as Record<string, unknown> };
}

/** A whole investigation whose process is killed once, when its nth request arrived; what was asked of the model. */
async function investigated(killAt: number | undefined) {
  const asked: string[] = [];
  let underWay = 0;
  await using api = await fakeMessagesApi(async (request) => {
    asked.push(unmarked(request));
    if (asked.length !== killAt) return scripted(request);
    for (const pid of childProcesses(process.pid, agent)) process.kill(pid, 'SIGKILL');
    const open = `select 1 from investigation_step where kind = 'model' and reply is null`;
    underWay = (await s.store.query(open)).rowCount;
    return { cut: true };
  });
  const served = { ANTHROPIC_BASE_URL: api.url, YAGURA_MODEL: 'claude-haiku-5-5' };
  const investigator = investigatorProcess(served);
  await using s = await spine({ playbooks: [exampleTools] }, { investigator });
  try {
    await s.take(attack(1));
    s.pass(60);
    await s.settle();
    const comments = await s.ourComments(1);
    const { body } = await s.issue(1);
    return { asked, underWay, comments, body, log: s.log };
  } finally {
    await investigator.stop();
  }
}

/** The request without the run's random marker, the times of the run and the order of keys, which a journal does not keep. */
function unmarked({ body }: SeenRequest): string {
  return canonicalJson(body.messages)
    .replace(/=== [0-9a-f]{24} ===/g, '===')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

describe.skipIf(missing !== '')(`a run whose process is killed${missing}`, () => {
  it('goes on from its journal: only what was under way is asked again', { timeout: 60_000 }, async () => {
    const whole = await investigated(undefined);
    const count = whole.asked.length;
    expect(count).toBeGreaterThan(4);
    expect(new Set(whole.asked).size).toBe(count);
    expect(whole.comments).toHaveLength(1);
    for (const killAt of [1, Math.ceil(count / 2), count]) {
      const killed = await investigated(killAt);
      expect(killed.log.join('\n')).toContain('process ended (SIGKILL)');
      const again = killed.asked.filter((one, k) => killed.asked.indexOf(one) !== k);
      expect(killed.asked.length).toBe(count + again.length);
      expect(again).toContain(killed.asked[killAt - 1]);
      expect(again.length).toBeLessThanOrEqual(killed.underWay);
      expect(killed.comments).toEqual(whole.comments);
    }
  });
});
