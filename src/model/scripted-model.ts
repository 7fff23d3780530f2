import { z } from 'zod';
import type { ContentBlock, Message, Model, ModelReply, ModelRequest } from '../ports.ts';

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

interface SeenEvidence {
  id: string;
  tool: string;
  outcome: string;
  says: string;
}

/** What a request shows, read back out of its blocks. */
interface Scene {
  request: ModelRequest;
  fields: string[];
  trusted: { severity?: string; alerts?: { techniques?: string[] }[]; offers?: { offer: string }[] };
  entities: { type: string; value: string }[];
  alerts: { id: string }[];
  evidence: SeenEvidence[];
  whole: string;
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
  { when: asks('hypotheses'), play: report },
  { when: asks('cannotSay'), play: answer },
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

/** It never says that something is harmless: a script cannot know. What people decided before only speaks for it. */
function report(scene: Scene): ContentBlock[] {
  const { trusted, entities } = scene;
  const claims = tellingFacts(scene).map(claimOf);
  const before = scene.evidence.find((e) => e.tool === 'similar-incidents' && e.outcome === 'found');
  const earlier = before && !/closed as (?:true positive|suspicious)/.test(before.says) ? [claimOf(before)] : [];
  const [first = { text: 'Nothing was found.', evidence: [] }] = claims;
  const bad = { statement: 'Somebody did this on purpose.', benign: false, for: claims, against: earlier };
  const good = {
    statement: 'This is ordinary work that looks bad.',
    benign: true,
    for: earlier,
    against: claims.slice(0, 2),
  };
  const grave = trusted.severity === 'high' || trusted.severity === 'critical';
  const verdict = grave && claims.length > 0 && earlier.length === 0 ? 'suspicious' : 'insufficient-data';
  const techniques = [...new Set((trusted.alerts ?? []).flatMap((a) => a.techniques ?? []))].slice(0, 3);
  return [
    json({
      verdict,
      confidence: 'low',
      leading: 0,
      because: first,
      hypotheses: [bad, good],
      severity: { proposed: trusted.severity ?? 'medium', because: first },
      techniques: techniques.map((id) => ({
        id,
        because: first,
        plain: 'The product itself names this technique; nobody checked it further.',
      })),
      affected: entities
        .filter((e) => e.type === 'host' || e.type === 'cloud_resource')
        .slice(0, 3)
        .map((e) => ({ entity: `${e.type}:${e.value}`, evidence: first.evidence })),
      recommendations: (trusted.offers ?? []).slice(0, 3).map(({ offer }) => ({
        offer,
        now: verdict === 'suspicious',
        because: first,
        plain: 'Traffic to and from this target ends; whoever needs it will notice, and undoing it takes a minute.',
      })),
      questions: [{ ask: 'Did somebody of the team do this on purpose?', who: 'the owner of what is affected' }],
    }),
  ];
}

function answer(scene: Scene): ContentBlock[] {
  const facts = tellingFacts(scene);
  const asked = /asks to look at: "([^"]*)"/.exec(scene.whole)?.[1] ?? '';
  const words = [...new Set(asked.toLowerCase().match(/[\p{L}\p{N}.-]{4,}/gu) ?? [])];
  const about = facts.filter((e) => words.some((word) => e.says.toLowerCase().includes(word)));
  const claims = (about.length > 0 ? about : facts).slice(0, 4).map(claimOf);
  const cannotSay = 'The scripted model matches words only: this is what was found in general.';
  return [json({ claims, cannotSay: about.length > 0 ? '' : cannotSay })];
}

/** What was found; that a record was kept only where nothing else was. */
function tellingFacts({ evidence }: Scene): SeenEvidence[] {
  const found = evidence.filter((e) => e.outcome === 'found');
  const telling = found.filter((e) => e.tool !== 'raw-record' && e.tool !== 'extract');
  return (telling.length > 0 ? telling : found).slice(0, 4);
}

function claimOf(e: SeenEvidence): { text: string; evidence: string[] } {
  return { text: e.says, evidence: [e.id] };
}

function readScene(request: ModelRequest): Scene {
  const blocks = textsOf(request.messages);
  const after = (start: string) => blocks.find((block) => block.startsWith(start));
  const said = between(after('What the products')) as Partial<Scene> | undefined;
  const typed = after('The incident, typed fields only:')?.split('\n\nA person')[0]?.split('\n').slice(1).join('\n');
  const shape = request.output ? (z.toJSONSchema(request.output) as { properties?: object }) : {};
  return {
    request,
    fields: Object.keys(shape.properties ?? {}),
    trusted: typed ? (JSON.parse(typed) as Scene['trusted']) : {},
    entities: said?.entities ?? [],
    alerts: said?.alerts ?? [],
    evidence: (between(after('Evidence so far')) as SeenEvidence[] | undefined) ?? [],
    whole: blocks.join('\n'),
  };
}

/** The JSON between the two lines of the marker. */
function between(block: string | undefined): unknown {
  const json = block?.split('\n')[2];
  return json === undefined ? undefined : JSON.parse(json);
}

function textsOf(messages: Message[]): string[] {
  return messages.flatMap((message) =>
    typeof message.content === 'string'
      ? [message.content]
      : message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
  );
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
