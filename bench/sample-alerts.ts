/** Where the number of an alert stands in its text, and how many digits it has. */
const digits = 9;
const mark = '#'.repeat(digits);

const sentences = [
  'A shell was started by a process that serves web pages and has never started one before on this machine.',
  'The shell read the account list, looked for keys below the home folders and asked the metadata service for a role.',
  'A minute later the same process opened a connection to an address that no other machine of ours talks to.',
  'The connection stayed open and sent a few bytes every thirty seconds, which looks like a worker asking for work.',
  'No change was announced for this machine, and nobody of the team that owns it was logged in at that time.',
];

/** A generic alert of about 1.9 KB; where `mark` stands comes a number: in its id its own, elsewhere its story's. */
function text(): string {
  return JSON.stringify({
    id: `bench-${mark}`,
    title: 'Web server started a shell',
    rule_id: 'bench.web.shell',
    severity: 'high',
    description: sentences.join(' '),
    entities: [
      { type: 'host', value: `web-${mark}`, role: 'victim' },
      { type: 'user', value: `svc-${mark}`, role: 'actor' },
      { type: 'domain', value: `work-${mark}.example`, role: 'destination' },
    ],
    techniques: ['T1059', 'T1071'],
    process: {
      executable: '/usr/sbin/httpd',
      arguments: ['httpd', '-D', 'FOREGROUND', '-f', '/etc/httpd/conf/httpd.conf'],
      parent: { executable: '/usr/lib/systemd/systemd', pid: 1 },
      working_directory: '/var/www/html',
      started: '2026-03-01T11:58:21Z',
    },
    environment: { region: 'ap-northeast-1', zone: 'a', cluster: 'shop', namespace: 'front', revision: 'r-204' },
    evidence: sentences.map((line, k) => ({ line: k + 1, said: line.slice(0, 90) })),
  });
}

export interface Alerts {
  /** Length of one, in bytes. */
  bytes: number;
  /** The alert with this number, as bytes of its own. */
  make(n: number): Buffer;
  /** Writes alert `n` into a buffer at `at`. */
  write(into: Buffer, at: number, n: number): void;
}

/**
 * Alerts that are all distinct. `'own'`: each on a host of its own, so each is a story; a number: spread over so many
 * hosts.
 */
export function sampleAlerts(stories: 'own' | number = 'own'): Alerts {
  const template = Buffer.from(text());
  const [id = 0, ...hosts] = marks(template);
  const write = (into: Buffer, at: number, n: number) => {
    template.copy(into, at);
    put(into, at + id, n);
    for (const place of hosts) put(into, at + place, stories === 'own' ? n : n % stories);
  };
  const make = (n: number) => {
    const alert = Buffer.allocUnsafe(template.length);
    write(alert, 0, n);
    return alert;
  };
  return { bytes: template.length, make, write };
}

function marks(template: Buffer): number[] {
  const found: number[] = [];
  for (let at = template.indexOf(mark); at >= 0; at = template.indexOf(mark, at + digits)) found.push(at);
  return found;
}

function put(into: Buffer, at: number, n: number): void {
  let rest = n;
  for (let k = digits - 1; k >= 0; k -= 1) {
    into[at + k] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
