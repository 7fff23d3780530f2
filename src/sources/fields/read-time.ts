const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/**
 * A product's time: ISO 8601 with any precision and a blank for the `T`, or a number of seconds, milliseconds,
 * microseconds or nanoseconds since 1970, told apart by size. Undefined when it is none of these. A time without a
 * zone is read as UTC, since the machine Yagura runs on has nothing to do with the product's.
 */
export function readTime(value: unknown): Date | undefined {
  if (value instanceof Date) return inRange(value.getTime());
  if (typeof value === 'number') return inRange(milliseconds(value));
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d{9,19}(?:\.\d+)?$/.test(text)) return inRange(milliseconds(Number(text)));
  const [, date, time, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)? ?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text) ?? [];
  if (date === undefined || time === undefined)
    return inRange(/^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN);
  return inRange(
    Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()}`),
  );
}

function milliseconds(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value * 1e3;
  if (size < 1e14) return value;
  return size < 1e17 ? value / 1e3 : value / 1e6;
}

function inRange(ms: number): Date | undefined {
  return ms >= earliest && ms < latest ? new Date(Math.floor(ms)) : undefined;
}
