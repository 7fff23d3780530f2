import { Client } from 'pg';
import { verifyLedger } from '../../store/ledger.ts';
import type { CliCommand, CliIo } from '../command.ts';
import { withDatabase } from '../with-database.ts';

export const command: CliCommand = {
  name: 'ledger',
  summary: 'check that no row of the record was changed or removed',
  usage: `yagura ledger verify

Walks the hash chain of the ledger from its first row. Exit code 1 names the first row that is changed or missing.
The database is DATABASE_URL, else the embedded one in YAGURA_DATA_DIR (default .yagura).`,
  async run(args, io) {
    if (args.length === 1 && args[0] === 'verify') return await verify(io);
    io.stderr.write('yagura ledger: the only form is "yagura ledger verify"\n');
    return 2;
  },
};

async function verify(io: CliIo): Promise<number> {
  const verdict = await withDatabase(io, { mustExist: true }, async (connection) => {
    const client = new Client(connection);
    client.on('error', () => undefined);
    await client.connect();
    try {
      // One moment, so that rows appended meanwhile are not taken for missing ones.
      await client.query('begin transaction isolation level repeatable read, read only');
      return await verifyLedger(client);
    } finally {
      await client.end();
    }
  });
  if (verdict.ok) {
    io.stdout.write(`The ledger is whole: ${verdict.rows} rows, last hash ${verdict.hash}\n`);
    return 0;
  }
  io.stdout.write(`The ledger is not whole: ${verdict.problem}\n`);
  return 1;
}
