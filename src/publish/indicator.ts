import type { Entity } from '../domain/entity.ts';
import { code } from './text.ts';

/** Addresses, names and links so that nothing makes them clickable and no mail gateway follows them. */
export function defang(entity: Entity): string {
  const { type, value } = entity;
  if (type === 'ip')
    return value.includes(':') ? value.replace(/:(?=[^:]*$)/, '[:]') : value.replace(/\.(?=[^.]*$)/, '[.]');
  if (type === 'domain') return value.replace(/\.(?=[^.]*$)/, '[.]');
  if (type === 'url') return value.replace(/^http/i, 'hxxp').replaceAll('.', '[.]');
  if (type === 'email') return value.replace('@', '[@]').replace(/\.(?=[^.]*$)/, '[.]');
  return value;
}

/** An entity in a code span, defanged. */
export function indicator(entity: Entity): string {
  return code(defang(entity), 200);
}
