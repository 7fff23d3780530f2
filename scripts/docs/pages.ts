import { readFileSync } from 'node:fs';
import { dependencyTable } from '../dependencies.ts';
import { commandsPage } from './commands-page.ts';
import { doctorPage } from './doctor-page.ts';
import { replacePart } from './replace-part.ts';
import { sourcesPage } from './sources-page.ts';

/** Every page that is made from code, whole or in part: its path from the checkout's root and what it is to hold. */
export async function generatedPages(): Promise<Map<string, string>> {
  const dependencies = 'docs/decisions/0010-dependencies.md';
  return new Map([
    ['docs/commands.md', await commandsPage()],
    ['docs/doctor.md', await doctorPage()],
    ['docs/sources.md', await sourcesPage()],
    [dependencies, replacePart(read(dependencies), 'dependencies', dependencyTable())],
  ]);
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
