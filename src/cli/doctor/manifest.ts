import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const shape = z.looseObject({
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
});

/** What `app.yml` asks of GitHub: permissions by name, and events. */
export function readManifest(): { permissions: Record<string, 'read' | 'write'>; events: string[] } {
  const manifest = shape.parse(parse(readFileSync(new URL('../../../app.yml', import.meta.url), 'utf8')));
  return { permissions: manifest.default_permissions, events: manifest.default_events };
}
