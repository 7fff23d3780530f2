/** Time, one origin for app and forge when `YAGURA_TIME_SCALE` is set. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds of this clock, or at once when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
