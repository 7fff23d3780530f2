import { loadPlugins } from '../../plugins.ts';
import { type DoctorCheck, parts } from './check.ts';

/** All checks in the order they are told: by part, then by name. The folder is the registry. */
export async function loadChecks(): Promise<DoctorCheck[]> {
  const checks = await loadPlugins<DoctorCheck>(new URL('./checks/', import.meta.url));
  return [...checks.values()].sort((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part));
}
