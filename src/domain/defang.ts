import type { Entity } from './entity.ts';

/** The value of an entity, written so that nothing makes it clickable and no mail gateway follows it. */
export function defang({ type, value }: Entity): string {
  if (type === 'ip' && value.includes(':')) return value.replace(/:(?=[^:]*$)/, '[:]');
  if (type === 'ip' || type === 'domain') return value.replace(lastDot, '[.]');
  if (type === 'url') return value.replace(/^http/i, 'hxxp').replaceAll('.', '[.]');
  if (type === 'email') return value.replace('@', '[@]').replace(lastDot, '[.]');
  return value;
}

const lastDot = /\.(?=[^.]*$)/;
