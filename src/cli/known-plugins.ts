import type { Tool } from '../investigate/tool.ts';
import type { Channel } from '../notify/channel.ts';
import { loadPlugins } from '../plugins.ts';
import type { KnownPlugins } from '../policy/response-rules.ts';
import type { Connector } from '../respond/connector.ts';
import { createDetectionCheck } from './detection-check.ts';

/** What is installed in this checkout and so may be named by a policy: the folders are the registry. */
export async function knownPlugins(): Promise<KnownPlugins> {
  const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));
  const connectors = await loadPlugins<Connector>(new URL('../respond/connectors/', import.meta.url));
  const channels = await loadPlugins<Channel>(new URL('../notify/channels/', import.meta.url));
  return {
    detections: createDetectionCheck(),
    channels: new Map([...channels].map(([name, { settings }]) => [name, settings])),
    tools: [...tools.keys()],
    connectors: [...connectors.keys()],
    actions: [...connectors.values()].flatMap(({ actions }) => actions),
    each: new Map([...tools].map(([name, { each }]) => [name, each])),
    settings: new Map([...connectors].map(([name, { settings }]) => [name, settings])),
    sole: new Map([...connectors].flatMap(([name, { sole }]) => (sole === undefined ? [] : [[name, sole]]))),
  };
}
