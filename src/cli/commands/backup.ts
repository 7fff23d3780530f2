import { resolve } from 'node:path';
import { backup } from '../../store/backup/backup.ts';
import type { CliCommand } from '../command.ts';
import { withDatabase } from '../with-database.ts';

export const command: CliCommand = {
  name: 'backup',
  summary: 'save the whole database as of now to one file',
  usage: `yagura backup FILE

Saves every row of the database to FILE (compressed, checksummed, readable by you alone), also while Yagura runs.
The database is DATABASE_URL, else the embedded one in YAGURA_DATA_DIR (default .yagura).`,
  async run(args, io) {
    const [file, ...rest] = args;
    if (file === undefined || rest.length > 0) {
      io.stderr.write('yagura backup: name one FILE. See yagura backup --help\n');
      return 2;
    }
    const path = resolve(io.cwd, file);
    const saved = await withDatabase(io, { mustExist: true }, (connection) => backup(connection, path));
    io.stdout.write(`Saved ${saved.rows} rows of ${saved.tables} tables (schema ${saved.schema}) to ${path}\n`);
    return 0;
  },
};
