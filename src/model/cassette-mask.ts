import { maskSecrets } from '../domain/secrets.ts';

/** An event of a stream, as its `data` says. */
export type StreamedEvent = Record<string, unknown>;

/** Deltas whose text goes on from one event to the next, by the field that holds it. */
const growing: Readonly<Record<string, string>> = {
  text_delta: 'text',
  thinking_delta: 'thinking',
  input_json_delta: 'partial_json',
};

/**
 * A JSON value with everything that looks like a secret replaced: shapes in any text, whatever stands under a name
 * like `password`, and both inside JSON that stands in a text, which stays JSON.
 */
export function maskJson(value: unknown, name?: string): unknown {
  if (typeof value === 'string') return maskText(value, name);
  if (Array.isArray(value)) return value.map((item) => maskJson(item, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskJson(item, key)]));
}

/** A stream's events with each text in one piece, so that a secret cannot hide in the cut between two. */
export function joinDeltas(events: StreamedEvent[]): StreamedEvent[] {
  const joined: StreamedEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    const field = fieldOf(event);
    if (last && field !== undefined && fieldOf(last) === field && last.index === event.index) {
      const delta = { ...deltaOf(last), [field]: `${deltaOf(last)[field]}${deltaOf(event)[field]}` };
      joined[joined.length - 1] = { ...last, delta };
    } else if (event.type !== 'ping') joined.push(event);
  }
  return joined;
}

function maskText(text: string, name: string | undefined): string {
  const nested = readNested(text);
  if (nested !== undefined) {
    const masked = JSON.stringify(maskJson(nested));
    return masked === JSON.stringify(nested) ? text : masked;
  }
  const secretByName = name !== undefined && text !== '' && maskSecrets(`${name}=12345678`) !== `${name}=12345678`;
  return secretByName ? '[secret removed]' : maskSecrets(text);
}

function readNested(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldOf(event: StreamedEvent): string | undefined {
  return event.type === 'content_block_delta' ? growing[String(deltaOf(event).type)] : undefined;
}

function deltaOf(event: StreamedEvent): Record<string, unknown> {
  return typeof event.delta === 'object' && event.delta !== null ? { ...event.delta } : {};
}
