import type { ContentBlock, Model, ModelReply } from '../ports/model.ts';
import { scriptedAnswer } from './scripted/answer.ts';
import { scriptedReport } from './scripted/report.ts';
import { readScene, type Scene } from './scripted/scene.ts';

/**
 * A model that follows a script instead of thinking: for the demo and for tests, without key and without cost. It plays
 * a whole investigation by simple rules over what it is shown, and everything it says goes through the same gates.
 */
export function createScriptedModel(): Model {
  return {
    async turn(request) {
      const scene = readScene(request);
      const part = parts.find((one) => one.when(scene));
      return reply(part ? part.play(scene) : [text('Nothing to do.')], scene);
    },
  };
}

interface Part {
  when(scene: Scene): boolean;
  play(scene: Scene): ContentBlock[];
}

const asks = (field: string) => (scene: Scene) => scene.fields.includes(field);

const parts: Part[] = [
  { when: asks('intent'), play: plan },
  { when: asks('missing'), play: () => [json({ missing: '', tasks: [] })] },
  { when: asks('gives_orders'), play: extract },
  { when: asks('hypotheses'), play: (scene) => [json(scriptedReport(scene))] },
  { when: asks('cannotSay'), play: (scene) => [json(scriptedAnswer(scene))] },
  { when: (scene) => scene.request.tools.length > 0 && scene.request.messages.length === 1, play: askTools },
];

function plan(): ContentBlock[] {
  return [
    json({
      intent: 'Find out whether this was seen before and what the records themselves say.',
      tasks: [
        {
          question: 'Was anything of this seen before, and what did people decide then?',
          tools: ['entity-alerts', 'similar-incidents', 'organization-context'],
          done_when: 'Every entity was looked up once.',
        },
        { question: 'What do the raw records say?', tools: ['raw-record'], done_when: 'The first records were read.' },
      ],
    }),
  ];
}

/** Tools that take an entity, an alert or nothing, by the script's own knowledge of their names. */
function askTools(scene: Scene): ContentBlock[] {
  const task = /The task:\n(\{[\s\S]*\})/.exec(scene.whole)?.[1];
  const { tools = [] } = task ? (JSON.parse(task) as { tools?: string[] }) : {};
  const offered = new Set(scene.request.tools.map((tool) => tool.name));
  const calls = tools.filter((tool) => offered.has(tool)).flatMap((tool) => inputsOf(tool, scene));
  if (calls.length === 0) return [text('Nothing to ask.')];
  return calls.slice(0, 8).map(({ tool, input }, k): ContentBlock => {
    return { type: 'tool_use', id: `toolu_script_${k + 1}`, name: tool, input, caller: { type: 'direct' } };
  });
}

function inputsOf(tool: string, { alerts, entities }: Scene): { tool: string; input: object }[] {
  if (tool === 'raw-record') return alerts.slice(0, 2).map(({ id }) => ({ tool, input: { alert: id } }));
  if (tool === 'similar-incidents') return [{ tool, input: {} }];
  const told = entities.filter((e) => tool !== 'address-owner' || e.type === 'ip').slice(0, 2);
  return told.map(({ type, value }) => ({ tool, input: { entity: { type, value } } }));
}

/** Addresses by their shape, and the usual words of somebody who gives orders. */
function extract({ whole }: Scene): ContentBlock[] {
  const addresses = [...new Set(whole.match(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g) ?? [])].slice(0, 10);
  const orders = /ignore (?:all |any )?(?:previous|prior)|you are now|mark (?:this|it) as|close this/i.test(whole);
  const entities = addresses.map((value) => ({ type: 'ip', value }));
  return [json({ entities, quotes: [], techniques: [], gives_orders: orders })];
}

function text(said: string): ContentBlock {
  return { type: 'text', text: said, citations: null };
}

function json(value: unknown): ContentBlock {
  return text(JSON.stringify(value));
}

/** Tokens about as a real one would count them, so that budgets and footers have something to show. */
function reply(content: ContentBlock[], { whole }: Scene): ModelReply {
  const output = Math.ceil(JSON.stringify(content).length / 4);
  return {
    model: 'scripted',
    content,
    stopReason: content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn',
    usage: { input: Math.ceil(whole.length / 4), cacheRead: 0, cacheWrite: 0, output },
  };
}
