import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ocsfGenerate } from '../../scripts/ocsf-generate.ts';
import { ocsfSchema, ocsfVersion } from '../../src/normalize/ocsf/schema.ts';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, '..', 'shared', 'data', 'ocsf-schema-1.8.0');
const committed = (name: string) => readFileSync(join(root, 'src', 'normalize', 'ocsf', name), 'utf8');

describe('the generated OCSF files', () => {
  const here = existsSync(source);
  it(
    here
      ? 'are byte for byte what the script makes of the schema'
      : 'cannot be made again here, as ../shared/data/ocsf-schema-1.8.0 is missing; only their names are compared',
    () => {
      if (here) {
        for (const [name, text] of Object.entries(ocsfGenerate(source))) expect(text).toBe(committed(name));
      }
      const interfaces = [...committed('objects.ts').matchAll(/export interface (\w+)/g)].map((match) => match[1]);
      expect(interfaces).toHaveLength(ocsfSchema.objects.size);
    },
  );

  it('are of release 1.8.0, hold the six finding classes and carry the notice of OCSF', () => {
    expect(ocsfVersion).toBe('1.8.0');
    expect([...ocsfSchema.classes.keys()].sort()).toEqual(['2002', '2003', '2004', '2005', '2006', '2007']);
    for (const name of ['types.ts', 'objects.ts', 'schema.json']) expect(committed(name)).toContain('Copyright © OCSF');
  });
});
