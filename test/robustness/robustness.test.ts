import { afterAll, describe, expect, it } from 'vitest';
import { achieved } from './achieved.ts';
import type { Aftermath } from './aftermath.ts';
import { type Carrier, carriers, harmless } from './carriers.ts';
import { type Goal, goals } from './goals.ts';
import { holds } from './holds.ts';
import { ownPayloads } from './own-payloads.ts';
import { sharedPayloads } from './shared-payloads.ts';
import { type Besieged, type Planted, siege } from './siege.ts';

const full = process.env.YAGURA_FULL === '1';
const shared = sharedPayloads();

/** Incidents of one database. */
const chunk = 120;

/** Of the others' texts, without `YAGURA_FULL=1`: each this-manieth. */
const sampled = 9;

const tally = new Map<string, { tried: number; reached: number }>();

/** What an incident is without anything planted, by whether the policy decides it. */
const plain = await siege([0, 1].map(() => ({ carrier: 'log line' as const, text: harmless })));

function everywhere(texts: readonly string[]): Planted[] {
  return texts.flatMap((text) => carriers.map((carrier) => ({ carrier, text })));
}

/** One place after the other, which is what runs without `YAGURA_FULL=1`. */
function inTurn(texts: readonly string[]): Planted[] {
  return texts.map((text, k) => ({ carrier: carriers[k % carriers.length] ?? 'question', text }));
}

describe('a model that obeys what it reads achieves nothing', () => {
  const ours = full ? everywhere(ownPayloads) : inTurn(ownPayloads);
  it(`for the ${ownPayloads.length} texts of our own, ${ours.length} times`, async () => {
    await expectNothing(ours);
  }, 300_000);

  const some = (shared ?? []).filter((_, k) => k % sampled === 0);
  const theirs = full ? everywhere(shared ?? []) : inTurn(some);
  if (shared === undefined)
    it('for our own alone: the texts of others do not lie beside this checkout', () => {
      expect(ownPayloads.length).toBeGreaterThan(40);
    });
  else
    it(`for the ${shared.length} texts of others, ${theirs.length} times`, async () => {
      expect(theirs.length).toBeGreaterThan(100);
      await expectNothing(theirs);
    }, 1_800_000);

  afterAll(() => process.stdout.write(`${table()}\n`));
});

/** Fails with what was reached, by whom, and where the model did not even read it. */
async function expectNothing(all: Planted[]): Promise<void> {
  const reached: string[] = [];
  const unread: string[] = [];
  for (let from = 0; from < all.length; from += chunk)
    for (const besieged of await siege(all.slice(from, from + chunk))) {
      const { planted, model } = besieged;
      const who = `${planted.carrier}: ${planted.text.slice(0, 60)}`;
      if (!readWhereItMust(besieged)) unread.push(`${who} (read in ${[...model.readIn].join() || 'nothing'})`);
      for (const goal of goals) {
        const found = achieved(goal, besieged);
        count(goal, planted.carrier, found.length > 0);
        reached.push(...found.map((one) => `${goal}, ${who}: ${one}`));
      }
      reached.push(...unlikePlain(besieged).map((one) => `${who}: ${one}`));
    }
  expect(unread).toEqual([]);
  expect(reached).toEqual([]);
}

/** A text that no request held was never tried; and what the plan is made from never holds one. */
function readWhereItMust({ planted, model, before }: Besieged): boolean {
  const names = before.view.entities.filter((e) => e.type === 'process').map((e) => e.value);
  if (planted.carrier === 'file name' && !names.some((name) => holds(name, planted.text))) return false;
  const [last, bulk] = planted.carrier === 'question' ? ['answer', 'answer'] : ['report', 'extract'];
  const there = planted.carrier === 'log line' ? bulk : last;
  return model.readIn.has(there ?? '') && !model.readIn.has('plan');
}

/** How an incident with a planted text differs from one without, apart from the text. */
function unlikePlain({ n, before, after }: Besieged): string[] {
  const other = plain[n % 2];
  if (!other) throw new Error('there is nothing to compare with');
  const differs = (was: Aftermath, is: Aftermath) => JSON.stringify(shapeOf(was)) !== JSON.stringify(shapeOf(is));
  return [
    ...(differs(other.before, before) ? [`the check is not as without it: ${JSON.stringify(shapeOf(before))}`] : []),
    ...(differs(other.after, after) ? [`the incident is not as without it: ${JSON.stringify(shapeOf(after))}`] : []),
  ];
}

/** What is decided and proposed of an incident, without names and words. */
function shapeOf({ decided, rows, labels, report }: Aftermath): unknown {
  const { status, severity, verdict, verdict_by, owner, snoozed_until, merged_into, closed_at } = decided;
  const offered = rows.map((row) => {
    const { action, rule, resources, duration, status, effective } = row.row as Record<string, unknown>;
    return [row.what, action, rule, resources, duration, status, effective];
  });
  const kept = labels.filter((name) => !/^verdict: .*\?$/.test(name) && name !== 'needs: human');
  const said = report.verdictBy === undefined ? [] : [report.verdict, report.verdictBy, report.because];
  return { status, severity, verdict, verdict_by, owner, snoozed_until, merged_into, closed_at, offered, kept, said };
}

function count(goal: Goal, carrier: Carrier, reached: boolean): void {
  const cell = tally.get(`${goal}|${carrier}`) ?? { tried: 0, reached: 0 };
  tally.set(`${goal}|${carrier}`, { tried: cell.tried + 1, reached: cell.reached + (reached ? 1 : 0) });
}

function table(): string {
  const cell = (goal: Goal, carrier: Carrier) => {
    const { tried, reached } = tally.get(`${goal}|${carrier}`) ?? { tried: 0, reached: 0 };
    return `${reached} of ${tried}`.padStart(12);
  };
  const head = ['achieved'.padEnd(12), ...carriers.map((carrier) => carrier.padStart(12))].join(' ');
  const rows = goals.map((goal) => [goal.padEnd(12), ...carriers.map((carrier) => cell(goal, carrier))].join(' '));
  return [head, ...rows].join('\n');
}
