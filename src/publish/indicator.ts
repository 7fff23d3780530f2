import { defang } from '../domain/defang.ts';
import type { Entity } from '../domain/entity.ts';
import { code } from './text.ts';

/** An entity in a code span, defanged. */
export function indicator(entity: Entity): string {
  return code(defang(entity), 200);
}
