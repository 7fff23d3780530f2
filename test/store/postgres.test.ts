import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { testDatabase } from './postgres.ts';

describe('testDatabase', () => {
  it('gives every caller a database of its own with the current schema', async () => {
    await using one = await testDatabase();
    await using two = await testDatabase();
    await one.pool.query("insert into setting (key, value) values ('cursor', '1')");
    expect((await two.pool.query('select * from setting')).rows).toEqual([]);
    expect((await one.pool.query('select value from setting')).rows).toEqual([{ value: 1 }]);
  });

  it('can be reached by its address', async () => {
    await using database = await testDatabase();
    const client = new Client(database.url);
    await client.connect();
    const { rows } = await client.query('select current_database() as name');
    await client.end();
    expect(rows).toEqual([{ name: database.connection.database }]);
  });

  it('is gone after its block', async () => {
    let connection: Awaited<ReturnType<typeof testDatabase>>['connection'];
    {
      await using database = await testDatabase();
      connection = database.connection;
    }
    await expect(new Client(connection).connect()).rejects.toThrow(/does not exist/);
  });
});
