import { at, textAt } from '../fields/at.ts';

/** Where a shipper of Windows events puts what. The first path that holds something wins. */
interface Layout {
  id: string[];
  channel: string[];
  provider: string[];
  computer: string[];
  time: string[];
  record: string[];
  /** Objects that hold the event's own fields. */
  data: string[];
}

/** `evtx_dump` and what writes XML as JSON like it: attributes under `#attributes`. */
const xml: Layout = {
  id: ['Event.System.EventID', 'Event.System.EventID.#text'],
  channel: ['Event.System.Channel'],
  provider: ['Event.System.Provider.#attributes.Name', 'Event.System.Provider.@Name'],
  computer: ['Event.System.Computer'],
  time: ['Event.System.TimeCreated.#attributes.SystemTime', 'Event.System.TimeCreated.@SystemTime'],
  record: ['Event.System.EventRecordID'],
  data: ['Event.EventData', 'Event.UserData'],
};

const winlogbeat: Layout = {
  id: ['winlog.event_id', 'event.code'],
  channel: ['winlog.channel'],
  provider: ['winlog.provider_name', 'event.provider'],
  computer: ['winlog.computer_name', 'host.name'],
  time: ['@timestamp', 'event.created'],
  record: ['winlog.record_id'],
  data: ['winlog.event_data', 'winlog.user_data'],
};

/** NXLog and its kin: everything on the top level, or the event's own fields under `EventData`. */
const flat: Layout = {
  id: ['EventID'],
  channel: ['Channel'],
  provider: ['Provider', 'Provider_Name', 'ProviderName', 'SourceName', 'EventSourceName', 'Source'],
  computer: ['Computer', 'Hostname', 'host.name', 'hostname'],
  time: ['TimeCreated', '@timestamp', 'UtcTime', 'EventTime', 'TimeGenerated'],
  record: ['EventRecordID', 'RecordNumber'],
  data: ['EventData', 'UserData'],
};

/** The head of a Windows event, whatever shipped it. */
export interface WindowsEvent {
  id: string;
  channel: string | undefined;
  provider: string | undefined;
  computer: string | undefined;
  /** As written, best first. */
  times: string[];
  record: string | undefined;
  /** The event's own fields by name, `Image` or `TargetUserName`. */
  data: Record<string, unknown>;
}

/** The Windows event of a record; undefined when it is none. */
export function windowsEvent(record: unknown): WindowsEvent | undefined {
  for (const layout of [xml, winlogbeat, flat]) {
    const id = first(record, layout.id);
    const channel = first(record, layout.channel);
    const provider = first(record, layout.provider);
    if (id === undefined || !/^\d{1,5}$/.test(id) || (channel === undefined && provider === undefined)) continue;
    return {
      id,
      channel,
      provider,
      computer: first(record, layout.computer),
      times: layout.time.flatMap((path) => textAt(record, path) ?? []),
      record: first(record, layout.record),
      data: dataOf(record, layout),
    };
  }
  return undefined;
}

function first(record: unknown, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(record, path);
    if (text !== undefined) return text;
  }
  return undefined;
}

function dataOf(record: unknown, layout: Layout): Record<string, unknown> {
  for (const path of layout.data) {
    const found = at(record, path);
    if (isObject(found)) return path.endsWith('UserData') ? innermost(found) : named(found);
  }
  return layout === flat && isObject(record) ? record : {};
}

/** `UserData` has one element, named by the provider, around its fields. */
function innermost(data: Record<string, unknown>): Record<string, unknown> {
  const inner = Object.entries(data).filter(([key, value]) => !key.startsWith('#') && isObject(value));
  const [only, ...more] = inner;
  return only !== undefined && more.length === 0 ? (only[1] as Record<string, unknown>) : data;
}

/** Some write `Data: [{"#attributes": {"Name": …}, "#text": …}]` for what others write `{…: …}`. */
function named(data: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(data.Data)) return data;
  const pairs = data.Data.slice(0, 200).flatMap((item): [string, unknown][] => {
    const name = textAt(item, '#attributes.Name') ?? textAt(item, '@Name') ?? textAt(item, 'Name');
    return name === undefined ? [] : [[name, at(item, '#text') ?? at(item, 'Value')]];
  });
  return pairs.length === 0 ? data : Object.fromEntries(pairs);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
