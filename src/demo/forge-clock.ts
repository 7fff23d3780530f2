import { YaguraError } from '../domain/error.ts';

/** Origin and scale of the embedded forge's clock; refused by anything that is not the embedded forge. */
export async function forgeClock(apiUrl: string): Promise<{ origin: number; scale: number }> {
  const response = await fetch(new URL('/_admin/clock', apiUrl)).catch(() => undefined);
  if (!response?.ok || response.headers.get('x-yagura-forge') !== '1')
    throw new YaguraError('settings', 'YAGURA_TIME_SCALE is allowed with the embedded forge only.');
  const clock = (await response.json()) as { origin: number | string; scale: number };
  return { origin: typeof clock.origin === 'number' ? clock.origin : Date.parse(clock.origin), scale: clock.scale };
}
