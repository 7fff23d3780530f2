import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Investigator } from '../../src/investigate/agent/order.ts';
import { investigatorProcess } from '../../src/run/investigator-process.ts';
import { eventually } from '../e2e/running-demo.ts';
import { childProcesses, fieldsOf, lives } from './child-processes.ts';
import { hostInTest, orderInTest } from './order-in-test.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const agent = 'src/agent.ts';

const secrets = {
  PRIVATE_KEY: 'canary-private-key',
  WEBHOOK_SECRET: 'canary-webhook-secret',
  DATABASE_URL: 'postgres://yagura:canary-database@127.0.0.1/yagura',
  YAGURA_INGEST_TOKEN: 'canary-ingest-token',
  YAGURA_INGEST_TOKEN_FALCO: 'canary-falco-token',
  YAGURA_LIST_TOKEN: 'canary-list-token',
  GITHUB_TOKEN: 'canary-github-token',
  NODE_OPTIONS: '--no-warnings',
};

/** A process that has all our secrets, and the investigator it started, in mid-run. */
async function parentAndChild() {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('./investigator-parent.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, ...secrets, ANTHROPIC_API_KEY: 'canary-model-key', YAGURA_MODEL: 'scripted' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const [child = 0, ...others] = childProcesses(parent.pid ?? -1, agent);
  expect(others).toEqual([]);
  expect(child).toBeGreaterThan(0);
  return {
    parent,
    child,
    async [Symbol.asyncDispose]() {
      if (parent.exitCode === null && parent.signalCode === null) {
        parent.kill('SIGKILL');
        await once(parent, 'exit');
      }
    },
  };
}

const missing = existsSync('/proc/self/environ') ? '' : ' (missing: /proc)';

describe.skipIf(missing !== '')(`the investigator's process${missing}`, () => {
  it('has none of our secrets in its environment, and the key of its model', async () => {
    await using running = await parentAndChild();
    expect(fieldsOf(running.parent.pid ?? -1, 'environ').join('\n')).toContain('canary-database');
    const names = fieldsOf(running.child, 'environ').map((one) => one.split('=')[0]);
    const given = fieldsOf(running.child, 'environ').filter((one) => one.includes('canary'));
    expect(given).toEqual(['ANTHROPIC_API_KEY=canary-model-key']);
    // The last two are Node's own, of the channel to its parent.
    const own = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'];
    expect(names.filter((name) => !own.includes(name ?? '')).sort()).toEqual(['ANTHROPIC_API_KEY', 'YAGURA_MODEL']);
  });

  it('may read its own code and nothing else, and may start, load and write nothing', async () => {
    await using running = await parentAndChild();
    const [node = '', ...args] = fieldsOf(running.child, 'cmdline');
    const flags = args.slice(
      0,
      args.findIndex((arg) => arg.endsWith(agent)),
    );
    const probe = `
      const { readFileSync, writeFileSync, readdirSync } = require('node:fs');
      const tried = (what) => { try { what(); return 'done'; } catch (error) { return error.code; } };
      console.log(JSON.stringify({
        code: tried(() => readFileSync('${checkout}src/agent.ts')),
        readme: tried(() => readFileSync('${checkout}README.md')),
        folder: tried(() => readdirSync('${checkout}')),
        data: tried(() => readFileSync('${checkout}.yagura/ingest-token')),
        passwd: tried(() => readFileSync('/etc/passwd')),
        parent: tried(() => readFileSync('/proc/' + process.ppid + '/environ')),
        write: tried(() => writeFileSync('${checkout}src/planted.ts', '')),
        child: tried(() => require('node:child_process').spawnSync('true')),
        worker: tried(() => new (require('node:worker_threads').Worker)('0', { eval: true })),
        addon: tried(() => process.dlopen({ exports: {} }, '${checkout}node_modules/none.node')),
      }));`;
    const out = execFileSync(node, [...flags, '-e', probe], { env: {}, encoding: 'utf8', stdio: 'pipe' });
    const { code, addon, ...rest } = JSON.parse(out);
    expect(code).toBe('done');
    expect(addon).toBe('ERR_DLOPEN_DISABLED');
    expect(Object.keys(rest)).toHaveLength(8);
    expect(new Set(Object.values(rest))).toEqual(new Set(['ERR_ACCESS_DENIED']));
  });

  it('ends when its parent is killed', async () => {
    await using running = await parentAndChild();
    running.parent.kill('SIGKILL');
    await eventually('it is gone', async () => (lives(running.child) ? undefined : true));
  });
});

describe.skipIf(missing !== '')(`an investigator in a process of its own${missing}`, () => {
  let open: Investigator | undefined;
  const started = (env: Record<string, string> = { YAGURA_MODEL: 'scripted' }) => {
    open = investigatorProcess(env);
    return open;
  };
  afterEach(() => open?.stop());
  const never = new AbortController().signal;
  const children = () => childProcesses(process.pid, agent);

  it('does two runs at once, in one process, each with its own answers', async () => {
    const investigator = started();
    const orders = [orderInTest('web-1'), orderInTest('db-7')] as const;
    const hosts = orders.map((order) => hostInTest(order));
    const runs = orders.map((order, k) => investigator.run(order, hosts[k]?.host ?? hostInTest(order).host, never));
    const during = children();
    const [first, second] = await Promise.all(runs);
    expect(during).toHaveLength(1);
    expect(JSON.stringify(first)).toContain('web-1');
    expect(JSON.stringify(first)).not.toContain('db-7');
    expect(JSON.stringify(second)).toContain('db-7');
    for (const { asked } of hosts) expect(asked).toEqual(expect.arrayContaining(['plan', 'report']));
  });

  it('that is killed fails its run, and a new one does the next', async () => {
    const investigator = started();
    const order = orderInTest();
    const { host } = hostInTest(order, async () => {
      for (const pid of children()) process.kill(pid, 'SIGKILL');
      return { is: 'go', paidTries: 1 };
    });
    await expect(investigator.run(order, host, never)).rejects.toThrow(/process ended \(SIGKILL\)/);
    expect(await investigator.run(order, hostInTest(order).host, never)).toMatchObject({ is: 'answered' });
  });

  it('is gone when it is stopped, and does not come back', async () => {
    const investigator = started();
    const order = orderInTest();
    const hanging = hostInTest(order, () => new Promise(() => undefined));
    const run = investigator.run(order, hanging.host, never);
    run.catch(() => undefined);
    await eventually('it asks', async () => hanging.asked[0]);
    const [child = 0] = children();
    await investigator.stop();
    expect(lives(child)).toBe(false);
    await expect(run).rejects.toThrow('process ended (SIGTERM)');
    await expect(investigator.run(order, hanging.host, never)).rejects.toThrow('stopped');
    expect(children()).toEqual([]);
  });

  it('fails a run with the reason when the journal is away', async () => {
    const investigator = started();
    const order = orderInTest();
    const { host } = hostInTest(order, () => Promise.reject(new Error('the store is gone')));
    await expect(investigator.run(order, host, never)).rejects.toThrow('the store is gone');
  });

  it('fails a run with a sentence when no model is set', async () => {
    const investigator = started({});
    const order = orderInTest();
    await expect(investigator.run(order, hostInTest(order).host, never)).rejects.toThrow(/set ANTHROPIC_API_KEY/);
  });
});
