import type { ForgeProcess, RemoteIssue } from './forge-process.ts';
import type { Chance } from './seeded.ts';

/** A comment with a command that somebody posted. */
export interface Said {
  id: number;
  issue: number;
  by: string;
  text: string;
}

/** Somebody comments a command on some incident that stands on the forge; undefined while there is none. */
export async function somebodySpeaks(forge: ForgeProcess, chance: Chance, turn: number): Promise<Said | undefined> {
  const open = (await forge.issues()).filter(
    (issue) => issue.state === 'open' && issue.body.includes('yagura:v1 issue='),
  );
  if (open.length === 0) return undefined;
  const { by, text, issue } = lineOf(chance, turn, open);
  const { id } = await forge.comment(by, issue.number, text);
  return { id, issue: issue.number, by, text };
}

function lineOf(chance: Chance, turn: number, open: RemoteIssue[]): { by: string; text: string; issue: RemoteIssue } {
  const issue = chance.pick(open);
  const offered = open.filter((one) => one.body.includes('`/approve R1`'));
  switch (turn % 5) {
    case 0:
      return { by: 'ken', text: `/block storm-${turn}.example.org`, issue };
    case 1:
      return { by: 'hana', text: '/take', issue };
    case 2:
      return { by: 'otto', text: '/take', issue };
    case 3:
      return { by: 'mika', text: '/approve all', issue: offered.length > 0 ? chance.pick(offered) : issue };
    default:
      return { by: 'hana', text: `/block 203.0.113.${10 + turn}\n/severity ${chance.pick(['medium', 'high'])}`, issue };
  }
}
