/** How long ago, in one unit, such as `3 hours ago`; what lies ahead by a drifting clock was just now. */
export function ageOf(then: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - then.getTime()) / 1_000));
  const units: [name: string, seconds: number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  const [name, size] = units.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  const count = Math.floor(seconds / size);
  return count === 0 ? 'just now' : `${count} ${name}${count === 1 ? '' : 's'} ago`;
}
