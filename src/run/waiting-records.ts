import type { Masking } from '../domain/masking.ts';
import type { IncomingRecord, RawRecord, StoredRecord } from '../domain/record.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sql, Store } from '../ports/store.ts';
import { changeRecord, loadIdentities, writeRecords } from '../store/raw-records.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';

/** Takes records while the policy that says what is masked may not be read yet. */
export interface WaitingRecords {
  /** Stores records, masked by the policy in force. */
  write(records: IncomingRecord[]): Promise<StoredRecord[]>;
  /**
   * Records on their way to their alerts, masked again when some were taken while the policy was held: masking what is
   * masked changes nothing. Their rows change with them.
   */
  masked(records: RawRecord[]): Promise<RawRecord[]>;
}

interface WaitingRecordsDeps {
  store: Store;
  clock: Pick<Clock, 'now'>;
  policy: Pick<LivePolicySource, 'held'>;
  masking: Pick<Masking, 'record'>;
}

/** Set while records may lie in the store that were masked by less than the policy wants. */
const key = 'records.mask_again';

export function createWaitingRecords({ store, clock, policy, masking }: WaitingRecordsDeps): WaitingRecords {
  let again: Promise<boolean> | undefined;
  /** Writes that began while the policy was held. */
  let writing = 0;
  /** Writes that ended so, and how many of them there were when there was last nothing to mask. */
  let [written, seen] = [0, 0];
  const pending = () => {
    again ??= readSetting<boolean>(store, key).then(
      (set) => set === true,
      (error: unknown) => {
        // Asked anew by whoever comes next: the database is back by then.
        again = undefined;
        throw error;
      },
    );
    return again;
  };

  async function set(value: boolean): Promise<void> {
    await writeSetting(store, key, value);
    again = Promise.resolve(value);
  }

  return {
    async write(records) {
      if (policy.held() === undefined) return writeRecords(store, clock.now(), records.map(masking.record));
      writing += 1;
      try {
        if (!(await pending())) await set(true);
        return await writeRecords(store, clock.now(), records.map(masking.record));
      } finally {
        writing -= 1;
        written += 1;
      }
    },
    async masked(records) {
      if (!(await pending())) return records;
      if (records.length === 0) {
        // What a write left after these records were looked for is there the next time.
        if (writing === 0 && written === seen) await set(false);
        seen = written;
        return records;
      }
      return store.transaction((tx) => maskAgain(tx, masking, records));
    },
  };
}

async function maskAgain(tx: Sql, masking: Pick<Masking, 'record'>, records: RawRecord[]): Promise<RawRecord[]> {
  const known = await loadIdentities(
    tx,
    records.map(({ id }) => id),
  );
  const masked: RawRecord[] = [];
  for (const record of records) {
    const { contentHash = '', identity = '' } = known.get(record.id) ?? {};
    const before = { ...record, contentHash, identity, byBytes: contentHash !== '' && identity.includes(contentHash) };
    const after = masking.record(before);
    if (after !== before) await changeRecord(tx, record.id, after);
    masked.push({ ...record, content: after.content });
  }
  return masked;
}
