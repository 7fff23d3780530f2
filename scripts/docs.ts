import { writeFileSync } from 'node:fs';
import { generatedPages } from './docs/pages.ts';

/** `npm run docs`: writes the pages that are made from code; a test fails when they are not as this would write them. */
for (const [path, text] of await generatedPages()) {
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
  process.stdout.write(`${path}\n`);
}
