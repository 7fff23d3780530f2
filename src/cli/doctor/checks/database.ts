import { sentenceOf, YaguraError } from '../../../domain/error.ts';
import { appliedMigrations, checkApplied } from '../../../store/migrate.ts';
import { MIGRATIONS, readMigrations } from '../../../store/migration-files.ts';
import { defineCheck } from '../check.ts';

export const database = defineCheck({
  name: 'database',
  part: 'running',
  looksAt: 'Whether the database answers and has exactly the migrations of this version.',
  limit: 60,
  outcomes: {
    unreachable: {
      state: 'fault',
      when: 'the database does not answer, or refuses us',
      fix: 'See that PostgreSQL runs and that DATABASE_URL names host, database, user and password rightly; nothing is taken while it is away.',
    },
    'none-yet': {
      state: 'warning',
      when: 'there is none yet, or an empty one',
      fix: 'Start Yagura once: it makes what it needs.',
    },
    'not-migrated': {
      state: 'fault',
      when: 'an older version made it and this one has not been started on it',
      fix: 'Save it with yagura backup FILE, then stop what runs on it and start this version, which migrates by itself.',
    },
    different: {
      state: 'fault',
      when: 'a newer version made it, or a migration is not the one it was made with',
      fix: 'Start the version of Yagura that was last used on this database, or restore a backup of before.',
    },
  },
  async run(scene) {
    try {
      const open = await scene.database();
      const exists = await open.query<{ there: boolean }>(
        "select to_regclass('schema_migration') is not null as there",
      );
      if (!exists.rows[0]?.there) return [{ outcome: 'none-yet', says: 'the database answers and is empty' }];
      const migrations = readMigrations(MIGRATIONS);
      const applied = await open.using(appliedMigrations);
      checkApplied(migrations, applied);
      const behind = migrations.length - applied.length;
      if (behind > 0) {
        const says = `the database has ${applied.length} of ${migrations.length} migrations`;
        return [{ outcome: 'not-migrated', says }];
      }
      return [{ ok: `it answers and has all ${migrations.length} migrations` }];
    } catch (error) {
      const code = error instanceof YaguraError ? error.code : undefined;
      if (code === 'data-directory') return [{ outcome: 'none-yet', says: sentenceOf(error) }];
      return [{ outcome: code === 'schema' ? 'different' : 'unreachable', says: sentenceOf(error) }];
    }
  },
});
