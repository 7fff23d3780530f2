import { z } from 'zod';
import type { Language } from '../../domain/locale.ts';
import type { Message, ModelRequest } from '../../ports/model.ts';

export interface SeenEvidence {
  id: string;
  tool: string;
  query: { entity?: { type: string; value: string }; alert?: string };
  outcome: string;
  says: string;
  result?: unknown;
}

export interface SeenAlert {
  id: string;
  title: string;
  quoted?: { name: string; value: string }[];
}

export interface SeenEntity {
  ref: string;
  type: string;
  value: string;
}

/** What a request shows, read back out of its blocks. */
export interface Scene {
  request: ModelRequest;
  /** What the system prompt asks for. */
  language: Language;
  /** Fields of the answer that is asked for. */
  fields: string[];
  trusted: {
    kind?: string;
    severity?: string;
    alerts?: { id: string; source: string; time: string; techniques?: string[] }[];
    offers?: { offer: string; entity: string }[];
  };
  entities: SeenEntity[];
  /** The gravest first. */
  alerts: SeenAlert[];
  evidence: SeenEvidence[];
  /** What a person asked, if one did. */
  asked: string;
  whole: string;
}

export function readScene(request: ModelRequest): Scene {
  const blocks = textsOf(request.messages);
  const after = (start: string) => blocks.find((block) => block.startsWith(start));
  const said = between(after('What the products')) as Partial<Scene> | undefined;
  const [typed, asked] =
    after('The incident, typed fields only:')?.split('\n\nA person of the team asks to look at: ') ?? [];
  const shape = request.output ? (z.toJSONSchema(request.output) as { properties?: object }) : {};
  return {
    request,
    language: /\bplain Japanese\b/.test(request.system) ? 'ja' : 'en',
    fields: Object.keys(shape.properties ?? {}),
    trusted: typed ? (JSON.parse(typed.split('\n').slice(1).join('\n')) as Scene['trusted']) : {},
    entities: said?.entities ?? [],
    alerts: said?.alerts ?? [],
    evidence: (between(after('Evidence so far')) as SeenEvidence[] | undefined) ?? [],
    asked: asked === undefined ? '' : String(JSON.parse(asked)),
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
