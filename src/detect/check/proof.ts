import { follows, type Reading } from './clash.ts';
import type { Form } from './normal-form.ts';

/** Steps one proof may cost; what is not shown by then is not claimed. */
const mostSteps = 4_000;
/** How many choices of the premise are gone through one after the other. */
const deepest = 2;

/** Whether every event that matches `premise` matches `goal`; false also when that cannot be shown. */
export function proves(premise: Form, goal: Form, reading: Reading): boolean {
  return new Proof(reading).of([premise], goal, 0);
}

class Proof {
  private steps = 0;
  private readonly reading: Reading;

  constructor(reading: Reading) {
    this.reading = reading;
  }

  of(premises: readonly Form[], goal: Form, depth: number): boolean {
    this.steps += 1;
    if (this.steps > mostSteps || goal.op === 'unknown') return false;
    if (goal.op === 'and') return goal.of.every((one) => this.of(premises, one, depth));
    const flat = premises.flatMap((one) => (one.op === 'and' ? one.of : [one]));
    if (goal.op === 'or' && goal.of.some((one) => this.of(flat, one, depth))) return true;
    for (const premise of flat) if (this.alone(premise, goal, flat, depth)) return true;
    return false;
  }

  private alone(premise: Form, goal: Form, all: readonly Form[], depth: number): boolean {
    switch (premise.op) {
      case 'literal': {
        this.steps += 1;
        return goal.op === 'literal' && follows(premise, goal, this.reading);
      }
      case 'or': {
        if (goal.op === 'literal') return premise.of.every((one) => this.of([one], goal, depth));
        if (depth >= deepest) return false;
        const others = all.filter((one) => one !== premise);
        return premise.of.every((one) => this.of([one, ...others], goal, depth + 1));
      }
      default:
        return false;
    }
  }
}
