import { readdirSync } from 'node:fs';
import { YaguraError } from './domain/error.ts';

/**
 * Loads every `<name>.ts` of a folder: the folder is the registry. Each file exports one constant named after the
 * file in camelCase (`address-owner.ts` exports `addressOwner`) whose `name` is the file's. Files that export no
 * such constant are refused, those in `except` (contracts that lie beside) are left out.
 */
export async function loadPlugins<T extends { name: string }>(
  folder: URL,
  except: string[] = [],
): Promise<Map<string, T>> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => !except.includes(name))
    .sort();
  const loaded = await Promise.all(names.map((name) => load<T>(folder, name)));
  return new Map(loaded.map((plugin) => [plugin.name, plugin]));
}

async function load<T extends { name: string }>(folder: URL, name: string): Promise<T> {
  const module = await importFile(new URL(`${name}.ts`, folder), name);
  const plugin = module[exportName(name)] as T | undefined;
  if (plugin?.name === name) return plugin;
  throw new YaguraError('internal', `${name}.ts does not export "${exportName(name)}" with the name "${name}".`);
}

async function importFile(file: URL, name: string): Promise<Record<string, unknown>> {
  try {
    return await import(file.href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YaguraError('internal', `${name}.ts cannot be loaded: ${reason}`, { cause });
  }
}

function exportName(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
