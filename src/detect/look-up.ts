import { deepest, type FieldPaths } from './field-paths.ts';
import type { NativeEvent } from './rule.ts';

/**
 * Values of a field wherever it may be: of the first group of paths that has one. Asks the event path by path, where
 * `walk` reads all fields in one go. Undefined when the event does not have the field.
 */
export function lookUp(event: NativeEvent, paths: FieldPaths): readonly unknown[] | undefined {
  for (const group of paths) {
    const found = group.flatMap((path) => at(event, path.split('.')));
    if (found.length > 0) return found.flatMap((value) => (Array.isArray(value) ? value.flat(5) : [value]));
  }
  return undefined;
}

/** Values at a path; a key may hold the dots of the rest of the path, and spaces that the path has not. */
function at(value: unknown, path: readonly string[], depth = 0): unknown[] {
  if (path.length === 0) return [value];
  if (Array.isArray(value)) {
    if (depth === deepest) return [];
    return value.filter((one) => typeof one === 'object').flatMap((one) => at(one, path, depth + 1));
  }
  if (typeof value !== 'object' || value === null) return [];
  const [first = '', ...rest] = path;
  const whole = path.join('.');
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key.replaceAll(' ', '');
    const found: unknown[] = [];
    if (first === '*' || key === first || name === first) found.push(...at(inner, rest));
    if (path.length > 1 && (key === whole || name === whole)) found.push(inner);
    return found;
  });
}
