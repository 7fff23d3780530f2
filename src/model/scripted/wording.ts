/** What the script says of a kind of alert: two readings, and what would tell them apart. */
export interface Wording {
  bad: string;
  good: string;
  ask: string;
  who: string;
}

const threat: Wording = {
  bad: 'Somebody who should not be there did this.',
  good: 'It is work of ours that looks like an attack.',
  ask: 'Does it still go on?',
  who: 'whoever can look at what is affected',
};

const wordings: Readonly<Record<string, Wording>> = {
  vulnerability: {
    bad: 'What we run can be attacked through this flaw.',
    good: 'Our code never gets to the flaw.',
    ask: 'Where else is the affected version in use?',
    who: "the repository's owner",
  },
  'leaked-secret': {
    bad: 'Somebody may have read the secret and be using it.',
    good: 'Nobody but us could read it, or it opens nothing any more.',
    ask: 'Was the secret used by anybody but us since it leaked?',
    who: 'whoever can read the logs of what it opens',
  },
  misconfiguration: {
    bad: 'The setting lets somebody in who should not be.',
    good: 'The setting is meant to be so.',
    ask: 'Who can get in because of this setting?',
    who: 'the owner of what is affected',
  },
  advisory: {
    bad: 'What the notice warns of concerns us.',
    good: 'We do not use what the notice warns of.',
    ask: 'Do we use what the notice names?',
    who: 'the owner of what is affected',
  },
};

export function wordingOf(kind: string | undefined): Wording {
  return wordings[kind ?? ''] ?? threat;
}

const products: Readonly<Record<string, string>> = { falco: 'Falco', github: 'GitHub', guardduty: 'GuardDuty' };

/** The name of the product behind a source. */
export function productOf(source: string): string {
  return products[source] ?? 'The product';
}

const techniques: Readonly<Record<string, string>> = {
  'T1036.005':
    'A program has the name or the place of an ordinary one so that nobody looks twice; remove it only after a copy is kept.',
  'T1053.003': 'A timed job starts the program again after it was stopped; delete the job first.',
  'T1059.004': 'Commands were typed or sent to the machine itself; whoever did it could do whatever that account may.',
  T1105: 'More tools were fetched from outside; what they did is not known from this alone.',
  T1496: 'The machine works for somebody else, which costs money and slows it down; stopping it loses nothing of ours.',
  'T1505.003': 'A page on the web server takes orders from outside; until it is gone, they can come back.',
};

export function techniqueInPlainWords(id: string): string {
  return techniques[id] ?? 'The product itself names this technique; nobody checked it further.';
}

/** What a block means here, by what is blocked. */
export function blockInPlainWords(type: string): string {
  const what = type === 'ip' ? 'address' : 'name';
  return `Nothing of ours reaches this ${what} until the block ends; whoever needs it will notice, and undoing it takes a minute.`;
}
