import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchema } from './ocsf/read-schema.ts';
import { type Resolved, renderEventTypes, renderObjectTypes, renderTable } from './ocsf/render.ts';
import { resolveClass, resolveObject } from './ocsf/resolve.ts';
import { classNames, objectNames } from './ocsf/scope.ts';

/** The generated files by name, from the schema folder of an ocsf/ocsf-schema release. Writes nothing. */
export function ocsfGenerate(folder: string): Record<string, string> {
  const source = readSchema(folder);
  const resolved: Resolved = {
    version: source.version,
    types: source.types,
    classes: classNames.map((name) => resolveClass(source, name)),
    objects: objectNames.map((name) => resolveObject(source, name)),
  };
  return {
    'types.ts': renderEventTypes(resolved),
    'objects.ts': renderObjectTypes(resolved),
    'schema.json': renderTable(resolved),
  };
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (folder === undefined) {
    console.error(
      'Usage: node scripts/ocsf-generate.ts FOLDER, the folder of an OCSF schema release with dictionary.json.',
    );
    process.exit(2);
  }
  const target = join(import.meta.dirname, '..', 'src', 'normalize', 'ocsf');
  for (const [name, text] of Object.entries(ocsfGenerate(folder))) writeFileSync(join(target, name), text);
}
