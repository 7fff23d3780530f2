import { resolve } from 'node:path';
import { restore } from '../../store/backup/restore.ts';
import type { CliCommand } from '../command.ts';
import { withDatabase } from '../with-database.ts';

export const command: CliCommand = {
  name: 'restore',
  summary: 'fill an empty database from a file of yagura backup',
  usage: `yagura restore FILE

Fills an empty database from FILE, all of it or nothing. Refuses a database that has tables and a damaged file.
The database is DATABASE_URL, else the embedded one in YAGURA_DATA_DIR (default .yagura).`,
  async run(args, io) {
    const [file, ...rest] = args;
    if (file === undefined || rest.length > 0) {
      io.stderr.write('yagura restore: name one FILE. See yagura restore --help\n');
      return 2;
    }
    const path = resolve(io.cwd, file);
    const filled = await withDatabase(io, { mustExist: false }, (connection) => restore(connection, path));
    io.stdout.write(`Restored ${filled.rows} rows of ${filled.tables} tables (schema ${filled.schema}) from ${path}\n`);
    return 0;
  },
};
