import { expect, it } from 'vitest';
import { type DoctorCheck, defineCheck, type Finding } from '../../../src/cli/doctor/check.ts';
import { examine } from '../../../src/cli/doctor/examine.ts';
import { harmless, type Line, secretsOf } from '../../../src/cli/doctor/line.ts';
import { createScene } from '../../../src/cli/doctor/scene.ts';
import { scratch } from '../../scratch.ts';

function check(
  name: string,
  run: () => Promise<Finding<'bad'>[]>,
  more: Partial<DoctorCheck<'bad'>> = {},
): DoctorCheck {
  const bad = { state: 'fault', when: 'it is bad', fix: 'Mend {what}.' } as const;
  return defineCheck({ name, part: 'app', looksAt: 'A thing.', outcomes: { bad }, run, ...more });
}

const good: Finding<'bad'>[] = [{ ok: 'fine' }];

async function told(checks: DoctorCheck[], waiting: (names: string[]) => void = () => undefined) {
  const { stdin, stdout, stderr } = process;
  const { scene } = createScene({ stdin, stdout, stderr, env: {}, cwd: scratch('cwd') });
  const lines: Line[] = [];
  await examine(checks, scene, { lines: (more) => lines.push(...more), waiting }, 1);
  return lines;
}

it('tells the lines in the order of the checks, whichever is through first', async () => {
  const first = Promise.withResolvers<void>();
  const slow = check('slow', async () => {
    await first.promise;
    return good;
  });
  const fast = check('fast', async () => {
    first.resolve();
    return [{ outcome: 'bad', says: 'a thing is bad', values: { what: 'the thing' } }];
  });
  // The slow one waits for the other: one after the other they would never end.
  const lines = await told([slow, fast]);
  expect(lines).toEqual([
    { check: 'slow', state: 'ok', says: 'fine' },
    { check: 'fast', state: 'fault', outcome: 'bad', says: 'a thing is bad', fix: 'Mend the thing.' },
  ]);
});

it('could not look where a check throws, says nothing or takes too long', async () => {
  const never = () => new Promise<Finding<'bad'>[]>(() => undefined);
  const lines = await told([
    check('thrown', () => Promise.reject(new Error('the line is cut'))),
    check('empty', async () => []),
    check('endless', never, { limit: 0.05 }),
    check('after', async () => good),
  ]);
  expect(lines).toEqual([
    { check: 'thrown', state: 'could-not-look', says: 'the line is cut' },
    { check: 'empty', state: 'could-not-look', says: 'the check said nothing' },
    { check: 'endless', state: 'could-not-look', says: 'nothing was known after 0.05 seconds' },
    { check: 'after', state: 'ok', says: 'fine' },
  ]);
});

it('says meanwhile what it still looks at', async () => {
  const heard = Promise.withResolvers<void>();
  const slow = check('slow', async () => {
    await heard.promise;
    return good;
  });
  const waited: string[][] = [];
  await told([slow, check('fast', async () => good)], (names) => {
    waited.push(names);
    heard.resolve();
  });
  expect(waited[0]).toContain('slow');
});

it('takes secrets and what moves a cursor out of a line', () => {
  const env = {
    DATABASE_URL: 'postgres://a:p%40ssword@host/db',
    WEBHOOK_SECRET: 'first-secret,second-secret',
    YAGURA_NOTIFY_MAIL: 'smtps://soc:letter-box@mail.example.com:465',
  };
  const says = 'p@ssword p%40ssword\u001b[2J\nsecond-secret letter-box ghs_0123456789abcdefghijABCDEFGHIJ';
  const line = harmless({ check: 'x', state: 'fault', says, fix: 'first-secret' }, secretsOf(env));
  const gone = '[secret removed]';
  expect(line).toEqual({ check: 'x', state: 'fault', says: `${gone} ${gone} [2J ${gone} ${gone} ${gone}`, fix: gone });
});
