import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { loadPipelines } from '../../src/detect/load-pipelines.ts';
import { Recognizer } from '../../src/detect/recognize.ts';
import type { NativeEvent } from '../../src/detect/rule.ts';

const recognizer = new Recognizer(loadPipelines());

/**
 * An event as engines read it that look for fields at the top only, and are told what it is of: the XML's tree of Windows
 * events made flat, and `product`, `category` and `service` added as we recognize them. Of several categories it can name
 * one, the narrowest.
 */
export function peerEvent(event: NativeEvent): NativeEvent {
  const sources = recognizer.recognize(event)?.sources.map(({ logsource }) => logsource) ?? [];
  const last = (part: 'product' | 'category' | 'service') => sources.map((one) => one[part]).findLast(Boolean);
  const hints = { product: last('product'), category: last('category'), service: last('service') };
  return { ...flat(event), ...Object.fromEntries(Object.entries(hints).filter(([, hint]) => hint !== undefined)) };
}

/** Lines of a file, of which each object is an event, an `event`, or an array of events; gzip is read too. */
export async function* eventsOf(file: string): AsyncGenerator<NativeEvent> {
  const stream = createReadStream(file);
  const input = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  for await (const line of createInterface({ input })) {
    if (!line.startsWith('{')) continue;
    const read = JSON.parse(line) as NativeEvent;
    yield isMap(read.event) && 'rule_id' in read ? read.event : read;
  }
}

function flat(event: NativeEvent): NativeEvent {
  const tree = isMap(event.Event) ? event.Event : event;
  const { System: system, EventData: data, UserData: user, ...rest } = tree;
  if (!isMap(system) && !isMap(data)) return event;
  const made: NativeEvent = isMap(event.Event) ? {} : { ...rest };
  if (isMap(system)) {
    for (const key of ['EventID', 'Channel', 'Computer', 'Level', 'Keywords', 'EventRecordID']) made[key] = system[key];
    made.Provider_Name = attribute(system.Provider, 'Name');
    made.TimeCreated = attribute(system.TimeCreated, 'SystemTime');
  } else if (typeof rest.Provider === 'string') made.Provider_Name = rest.Provider;
  for (const inner of [data, ...(isMap(user) ? Object.values(user) : [])])
    if (isMap(inner))
      for (const [key, value] of Object.entries(inner))
        if (key !== '#attributes') made[key.replaceAll(' ', '')] = value;
  return made;
}

function attribute(value: unknown, name: string): unknown {
  return isMap(value) && isMap(value['#attributes']) ? value['#attributes'][name] : undefined;
}

function isMap(value: unknown): value is NativeEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
