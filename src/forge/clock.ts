import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { YaguraError } from '../domain/error.ts';

/** What `GET /_admin/clock` answers: both in milliseconds since 1970, scale as a factor. */
interface ClockSetting {
  origin: number;
  scale: number;
}

/** The forge's time: `origin + (real - origin) * scale`, so that hours of budget can pass in minutes. */
export interface ForgeClock extends ClockSetting {
  /** Milliseconds since 1970 of this clock. */
  now(): number;
  /** GitHub's notation, to the second: `2026-01-01T00:00:00Z`. */
  stamp(): string;
  /** How long, in real milliseconds, `ms` of this clock take. */
  realMs(ms: number): number;
}

/** A clock from its setting; pure but for the real time it reads. */
function clockOf(setting: ClockSetting): ForgeClock {
  const now = () => Math.floor(setting.origin + (Date.now() - setting.origin) * setting.scale);
  return { ...setting, now, stamp: () => stampOf(now()), realMs: (ms) => ms / setting.scale };
}

/** Milliseconds since 1970 in GitHub's notation, to the second. */
export function stampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * Reads or founds the clock of a data directory. The origin is kept on disk because a new one after a crash would make
 * time jump backwards for everything already stamped.
 */
export function openClock(dataDir: string, scale: number | undefined): ForgeClock {
  const file = join(dataDir, 'clock.json');
  if (!existsSync(file)) {
    const setting = { origin: Date.now(), scale: scale ?? 1 };
    writeFileSync(file, JSON.stringify(setting), { mode: 0o600 });
    return clockOf(setting);
  }
  const stored = JSON.parse(readFileSync(file, 'utf8')) as ClockSetting;
  if (scale !== undefined && scale !== stored.scale) {
    throw new YaguraError('forge', `The forge in ${dataDir} runs at time scale ${stored.scale}, not ${scale}.`, {
      hint: 'Use the stored scale or a new data directory.',
    });
  }
  return clockOf(stored);
}
