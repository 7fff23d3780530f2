import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { demoNamespace } from '../../src/respond/connectors/nftables/demo-namespace.ts';
import { missingPart } from '../respond/connectors/nftables/two-namespaces.ts';
import { answerWith, eventually, issueNamed, type RunningDemo, runningDemo } from './running-demo.ts';

const missing = missingPart();
const attacker = '203.0.113.7';
const ours = '203.0.113.1';

/** A namespace that plays the attacker, joined by a cable to the demo's own, with an echo service in the latter. */
function attackerOf(demo: RunningDemo) {
  const inside = demoNamespace(demo.dataDir);
  const tag = randomBytes(3).toString('hex');
  const outside = `yagura-out-${tag}`;
  const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8', stdio: 'pipe' });
  ip('netns', 'add', outside);
  ip('link', 'add', `yi${tag}`, 'netns', inside, 'type', 'veth', 'peer', 'name', `yo${tag}`, 'netns', outside);
  for (const [name, link, address] of [
    [inside, `yi${tag}`, ours],
    [outside, `yo${tag}`, attacker],
  ] as const) {
    ip('-netns', name, 'address', 'add', `${address}/24`, 'dev', link);
    ip('-netns', name, 'link', 'set', link, 'up');
  }
  const echo = spawn('ip', ['netns', 'exec', inside, process.execPath, '-e', echoServer]);
  return {
    /** Whether one packet and its answer get through within a second. */
    getsThrough: (): boolean => {
      try {
        execFileSync('ip', ['netns', 'exec', outside, process.execPath, '-e', client], {
          stdio: 'pipe',
          timeout: 5_000,
        });
        return true;
      } catch {
        return false;
      }
    },
    [Symbol.dispose]() {
      echo.kill('SIGKILL');
      ip('netns', 'delete', outside);
    },
  };
}

const echoServer = `require('node:dgram').createSocket('udp4').on('message', function (m, r) { this.send(m, r.port, r.address) }).bind(4242)`;
const client = `const s = require('node:dgram').createSocket('udp4'); s.on('message', () => process.exit(0)); s.send('?', 4242, '${ours}'); setTimeout(() => process.exit(1), 1000)`;

describe.skipIf(missing !== undefined)(
  `a block asked for on the forge${missing ? ` (missing: ${missing})` : ''}`,
  () => {
    it('stops a real packet, and lets it through again when it is undone', { timeout: 120_000 }, async () => {
      await using demo = await runningDemo();
      const { number } = await issueNamed(demo, 'web-01');
      using attacker_ = attackerOf(demo);
      await eventually('the first packet gets through', async () => attacker_.getsThrough() || undefined);

      await demo.comment('hana', number, `/block ${attacker} for 2h on demo-firewall`);
      const asked = await answerWith(demo, number, 'needs approval');
      const recommendation = /`\/approve (R\d+)`/.exec(asked.body)?.[1] ?? '';
      expect(attacker_.getsThrough()).toBe(true);

      await eventually('the issue shows the recommendation', async () => {
        const { body } = await issueNamed(demo, 'web-01');
        return body.includes(`/approve ${recommendation}`) || undefined;
      });
      // Nobody can have read it within the second in which it appeared: such an approval is refused.
      await pause(1_000);
      await demo.comment('ken', number, `/approve ${recommendation}`);
      const done = await answerWith(demo, number, /T\d+ block .* on demo-firewall: \*\*verified\*\*/);
      expect(attacker_.getsThrough()).toBe(false);

      const task = /(T\d+) block/.exec(done.body)?.[1] ?? '';
      await demo.comment('mika', number, `/undo ${task}`);
      await answerWith(demo, number, new RegExp(`${task} block .*\\*\\*undone\\*\\*`));
      expect(attacker_.getsThrough()).toBe(true);
    });

    it('ends by itself when its time is up', { timeout: 120_000 }, async () => {
      await using demo = await runningDemo({ env: { YAGURA_TIME_SCALE: '30' } });
      const { number } = await issueNamed(demo, 'web-01');
      using attacker_ = attackerOf(demo);
      await eventually('the first packet gets through', async () => attacker_.getsThrough() || undefined);
      await demo.comment('hana', number, `/block ${attacker} for 15m on demo-firewall`);
      const asked = await answerWith(demo, number, 'needs approval');
      const recommendation = /`\/approve (R\d+)`/.exec(asked.body)?.[1] ?? '';
      await eventually('the issue shows the recommendation', async () => {
        const { body } = await issueNamed(demo, 'web-01');
        return body.includes(`/approve ${recommendation}`) || undefined;
      });
      await demo.comment('ken', number, `/approve ${recommendation}`);
      await answerWith(demo, number, /T\d+ block .* on demo-firewall: \*\*verified\*\*/);
      expect(attacker_.getsThrough()).toBe(false);
      await eventually(
        'fifteen minutes of the fast clock pass and the packet gets through',
        async () => attacker_.getsThrough() || undefined,
        60,
      );
    });
  },
);
