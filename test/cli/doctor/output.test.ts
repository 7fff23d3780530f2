import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { linesOf, SetUp, yaguraWith } from './set-up.ts';

let at: SetUp;
beforeAll(async () => {
  at = await SetUp.make();
});
afterEach(() => at?.mend());
afterAll(() => at?.[Symbol.asyncDispose]());

describe('what yagura doctor prints', () => {
  it('holds no secret, whatever goes wrong', async () => {
    const password = 'hunter2-secret';
    const env = {
      DATABASE_URL: `postgres://yagura:${password}@127.0.0.1:9/yagura?application_name=${password}`,
      YAGURA_INGEST_TOKEN: 'ingest-token-1234',
      YAGURA_LIST_TOKEN: 'list-token-1234',
      ANTHROPIC_API_KEY: 'model-key-1234',
    };
    const runs = [env, { ...env, YAGURA_REPO: password }, { ...env, GITHUB_API_URL: 'http://127.0.0.1:9' }];
    for (const one of runs) {
      const { stdout, stderr } = await at.doctor(one);
      expect(stdout.length).toBeGreaterThan(500);
      const secrets = [
        password,
        'token-1234',
        'key-1234',
        at.forge.seeded.webhookSecret,
        at.forge.seeded.privateKey.slice(40, 80),
      ];
      expect(secrets.filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
    }
  });

  it('is one line a check for people, with what to do below it', async () => {
    at.requireApprovals(null);
    const { code, stdout } = await yaguraWith(['doctor'], at.env);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok {14}settings {12}issues go to acme\/soc at localhost:\d+\n/);
    expect(stdout).toMatch(
      /\nFAULT {11}branch-rules {8}acme\/soc-config@main can be pushed to without review\n {36}→ At http/,
    );
    expect(stdout).toMatch(/\n\n1 fault\. 18 ok, 0 warnings\.\n$/);
  });

  it('is refused in one line for wrong use', async () => {
    const { code, stdout, stderr } = await yaguraWith(['doctor', '--yaml'], {});
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
  });

  it('says of the demo what is of no concern there', async () => {
    const { port } = new URL(at.forge.forge.url);
    const { code, stdout } = await yaguraWith(['doctor', '--json'], {
      YAGURA_FORGE_PORT: port,
      DATABASE_URL: at.database.url,
    });
    const lines = linesOf(stdout);
    expect({ code, others: lines.filter((line) => line.state !== 'ok') }).toEqual({ code: 0, others: [] });
    const unconcerned = lines.filter((line) => line.says.startsWith('of no concern in the demo: '));
    expect(unconcerned.map((line) => line.check)).toEqual(
      expect.arrayContaining(['permissions', 'branch-rules', 'teams']),
    );
    const stopped = await yaguraWith(['doctor', '--json'], { YAGURA_FORGE_PORT: '9' });
    expect(stopped.code).toBe(0);
    expect(linesOf(stopped.stdout).flatMap((line) => line.outcome ?? [])).toEqual(['demo-stopped', 'none-yet']);
  });
});
