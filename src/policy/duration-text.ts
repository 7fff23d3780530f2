const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** Seconds as people write them in the config repository: `24h` stays `24h`, `1209600` is `14d`. */
export function durationText(seconds: number): string {
  // A single day is written 24h: it says how long, not which day.
  const unit = units.find(([letter, size]) => seconds % size === 0 && seconds >= size * (letter === 'd' ? 2 : 1));
  return unit ? `${seconds / unit[1]}${unit[0]}` : `${seconds}s`;
}
