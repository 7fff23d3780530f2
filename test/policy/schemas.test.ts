import { describe, expect, it } from 'vitest';
import { goodPolicy, problemsIn } from './policy-files.ts';

/** A file of front matter only; its first line of content is line 2 of the file. */
const front = (...lines: string[]) => `---\n${lines.join('\n')}\n---\n`;

describe('yagura.md', () => {
  it('sets what it says and leaves the rest on safe defaults', () => {
    const policy = goodPolicy({ 'yagura.md': `${front('mode: approve', 'time_zone: Asia/Tokyo')}櫓の会社\n` });
    expect(policy).toMatchObject({
      mode: 'approve',
      timeZone: 'Asia/Tokyo',
      joinWindow: 7200,
      description: '櫓の会社',
    });
    expect(policy.organization).toBe('acme');
  });

  it('mentions nobody while mode is observe', () => {
    const mention = ['mention:', '  severity: high', '  who: [Hana, acme/SOC]'];
    expect(goodPolicy({ 'yagura.md': front('mode: observe', ...mention) }).mention.who).toEqual([]);
    expect(goodPolicy({ 'yagura.md': front('mode: approve', ...mention) }).mention.who).toEqual(['hana', 'acme/soc']);
  });

  it.each([
    [
      front('mode: observe', 'modee: auto'),
      '3 Key "modee" is not known; did you mean mode? Allowed: organization, language, time_zone, mode, join_window, queue, quiet, accept, rooms, routes, mention, on_call, placeholders.',
    ],
    [
      front('mode: atuo'),
      '2 mode: "atuo" is not known; did you mean auto? Allowed: observe, recommend, approve, auto.',
    ],
    [front('organization: Acme', 'join_window: 2 hours'), '3 join_window: "2 hours" is not a length of time'],
    [front('join_window: 999d'), '2 join_window: "999d" is not a length of time'],
    [front('join_window: 3600'), '2 join_window: expected text (put it in quotes), not "3600".'],
    [front('time_zone: Tokyo'), '2 time_zone: "Tokyo" is not a time zone'],
    [front('mention:', '  severity: high', '  who: ["@hana"]'), '4 mention.who[0]: "@hana" is not a GitHub login'],
    [front('mention:', '  severity: high'), '2 mention.who: missing; expected a list.'],
    [front('organization:'), '2 organization: has no value; expected text.'],
    [front('- a list'), '1 expected lines of "key: value"'],
    [front('__proto__: {mode: auto}'), '2 Key "__proto__" is not known'],
    ['no front matter', '1 The file has no front matter'],
  ])('refuses %j, on its line', (text, expected) => {
    const [first, ...others] = problemsIn({ 'yagura.md': text });
    expect(first).toContain(`yagura.md:${expected}`);
    expect(others).toEqual([]);
  });
});

describe('context files', () => {
  const web = front(
    'kind: asset',
    'name: web-01',
    'criticality: high',
    'entities:',
    '  host: [WEB-01.acme.internal.]',
    '  ip: 2001:DB8:0:0::7',
  );

  it('describe entities in the form alerts carry them', () => {
    const [entry] = goodPolicy({ 'context/a/web-01.md': `${web}No batch jobs.\n` }).context;
    expect(entry).toMatchObject({ kind: 'asset', criticality: 'high', shared: false, body: 'No batch jobs.' });
    expect(entry?.entities).toEqual([
      { type: 'ip', value: '2001:db8::7' },
      { type: 'host', value: 'web-01.acme.internal' },
    ]);
    expect(entry?.origin).toEqual({ path: 'context/a/web-01.md', line: 3 });
  });

  it('make their own addresses, blocks and domains never blocked, beside private space', () => {
    const { neverBlock } = goodPolicy({
      'context/web.md': front('kind: asset', 'name: w', 'entities: { ip: 203.0.113.9, domain: Shop.example.com }'),
      'context/net.md': front('kind: network', 'name: n', 'cidr: [198.51.100.16/29, 203.0.113.1]'),
      'context/hana.md': front('kind: person', 'name: hana', 'entities: { ip: 192.0.2.1 }'),
    });
    expect(neverBlock).toEqual(
      expect.arrayContaining([
        '10.0.0.0/8',
        'fc00::/7',
        '203.0.113.9',
        'shop.example.com',
        '198.51.100.16/29',
        '203.0.113.1/32',
      ]),
    );
    expect(neverBlock).not.toContain('192.0.2.1');
  });

  it.each([
    [
      front('kind: asset', 'name: a', 'entities:', '  ip:', '    - 10.0.0.1', '    - 203.0.113[.]7'),
      '7 entities.ip[1]: "203.0.113[.]7" is not an address',
    ],
    [front('kind: asset', 'name: a', 'entities:', '  ips: 10.0.0.1'), '5 Key "ips" is not known; did you mean ip?'],
    [front('kind: asset', 'name: a', 'entities: { ip: 10.1 }'), '4 entities.ip[0]: expected text'],
    [
      front('kind: asset', 'name: a', 'entities: { email: nobody }'),
      '4 entities.email[0]: "nobody" is not an address such as',
    ],
    [front('kind: host', 'name: a'), '2 kind: "host" is not known. Allowed: asset, network'],
    [front('kind: asset'), '2 name: missing; expected text.'],
    [front('kind: network', 'name: n'), '2 kind: a network needs cidr'],
    [
      front('kind: network', 'name: n', 'cidr: 10.20.1.5/16'),
      '4 cidr[0]: "10.20.1.5/16" is not a block of addresses; did you mean 10.20.0.0/16?',
    ],
    [front('kind: network', 'name: n', 'cidr: [10.20.0.0/33]'), '4 cidr[0]: "10.20.0.0/33" is not a block'],
    [front('kind: asset', 'name: n', 'cidr: [10.20.0.0/16]'), '4 cidr: only kind: network has cidr'],
    [front('kind: asset', 'name: n', 'shared: yes'), '4 shared: expected true or false, not "yes".'],
  ])('refuse %j, on its line', (text, expected) => {
    expect(problemsIn({ 'context/x.md': text })[0]).toContain(`context/x.md:${expected}`);
  });

  it('read a folded name as one line', () => {
    const file = '---\nkind: person\nname: |\n  Hana\u202e\n  of security\n---\n';
    expect(goodPolicy({ 'context/a.md': file }).context[0]?.name).toBe('Hana of security');
  });

  it('refuse a second description of one thing, naming the first', () => {
    const file = front('kind: asset', 'name: Web-01');
    expect(problemsIn({ 'context/a.md': file, 'context/b/c.md': file.replace('W', 'w') })).toEqual([
      'context/b/c.md:3 The asset web-01 is already described in context/a.md.',
    ]);
  });
});

describe('policies/severity.md and policies/triage.md', () => {
  it('hold rules with the line each stands on', () => {
    const policy = goodPolicy({
      'policies/severity.md': front('floors:', '  - when: { kind: threat }', '    at_least: high', '    because: Why.'),
      'policies/triage.md': front(
        'verdicts:',
        '  - when: { rule: [Port scan] }',
        '    verdict: benign',
        '    because: Ours.',
      ),
    });
    expect(policy.severityFloors).toEqual([
      {
        when: { kind: ['threat'] },
        atLeast: 'high',
        because: 'Why.',
        origin: { path: 'policies/severity.md', line: 3 },
      },
    ]);
    expect(policy.verdictRules[0]).toMatchObject({ when: { rule: ['Port scan'] }, verdict: 'benign' });
  });

  it.each([
    [
      'when: { entity: { type: ip, value: 10.20.1.300 } }',
      'floors[0].when.entity.value[0]: "10.20.1.300" is not an address',
    ],
    [
      'when: { entity: { type: ip, value: 10.20.0.0/99 } }',
      'floors[0].when.entity.value[0]: "10.20.0.0/99" is not an address',
    ],
    ['when: { kind: [threat, vuln] }', 'floors[0].when.kind[1]: "vuln" is not known'],
    ['when: { rules: x }', 'Key "rules" is not known; did you mean rule?'],
    ['when:', 'floors[0].when: has no value; expected lines of "key: value".'],
  ])('refuse the condition %j, on its line', (when, expected) => {
    const file = front('floors:', `  - ${when}`, '    at_least: high', '    because: Why.');
    expect(problemsIn({ 'policies/severity.md': file })).toEqual([
      expect.stringContaining(`policies/severity.md:3 ${expected}`),
    ]);
  });

  it('write conditions the way alerts carry their values', () => {
    const when = 'when: { entity: { type: ip, value: ["2001:DB8::0:1", 10.20.0.0/16, "198.51.*"] }, severity: low }';
    const file = front('floors:', `  - ${when}`, '    at_least: high', '    because: Why.');
    expect(goodPolicy({ 'policies/severity.md': file }).severityFloors[0]?.when).toEqual({
      entity: { type: 'ip', value: ['2001:db8::1', '10.20.0.0/16', '198.51.*'] },
      severity: 'low',
    });
  });

  it.each(['{}', '{ kind: threat }', '{ rule: ["*"] }', '{ rule: ["*", Port scan] }', '{ entity: { type: ip } }'])(
    'refuse to give a verdict by %s alone',
    (when) => {
      const file = front('verdicts:', '  - because: Ours.', '    verdict: benign', `    when: ${when}`);
      expect(problemsIn({ 'policies/triage.md': file })).toEqual([
        expect.stringContaining('policies/triage.md:5 verdicts[0].when: a verdict rule must name a rule'),
      ]);
    },
  );

  it('refuse not-assessed as a verdict', () => {
    const file = front('verdicts:', '  - when: { rule: x }', '    because: y', '    verdict: not-assessed');
    expect(problemsIn({ 'policies/triage.md': file })[0]).toContain('policies/triage.md:5 verdicts[0].verdict:');
  });
});

describe('policies/budgets.md', () => {
  it('keeps below the limits of GitHub', () => {
    expect(goodPolicy({ 'policies/budgets.md': front('creations_per_hour: 20') }).budgets).toEqual({
      creationsPerHour: 20,
      creationsPerMinute: 15,
    });
    expect(problemsIn({ 'policies/budgets.md': front('creations_per_hour: 501', 'creations_per_minute: 0') })).toEqual([
      'policies/budgets.md:2 creations_per_hour: too large: at most 500.',
      'policies/budgets.md:3 creations_per_minute: "0" is too small: at least 1.',
    ]);
    expect(problemsIn({ 'policies/budgets.md': front('creations_per_hour: 1.5') })[0]).toContain('a whole number');
  });
});

describe('playbooks', () => {
  const steps = ['steps:', '  - tool: address-owner', '    each: ip', '  - tool: raw-record', '    each: alert'];

  it('are named after their file, and the one for everything comes last', () => {
    const policy = goodPolicy({
      'playbooks/any.md': front('when: {}', ...steps),
      'playbooks/miner.md': front('when: { kind: threat, title: "*miner*" }', ...steps),
      'playbooks/threat.md': front('when: { kind: threat }', ...steps),
    });
    expect(policy.playbooks.map(({ id }) => id)).toEqual(['miner', 'threat', 'any']);
    expect(policy.playbooks[2]?.steps).toEqual([
      { tool: 'address-owner', each: ['ip'], args: {} },
      { tool: 'raw-record', each: 'alert', args: {} },
    ]);
  });

  it.each([
    [
      front('when: {}', 'steps:', '  - tool: adress-owner', '    each: ip'),
      '4 Tool "adress-owner" is not known; did you mean address-owner?',
    ],
    [
      front('when: {}', 'steps:', '  - tool: raw-record', '    each: [ip, hots]'),
      '5 steps[0].each[1]: "hots" is not known; did you mean host?',
    ],
    [
      front('when: {}', 'steps:', '  - tool: raw-record', '    each: incidents'),
      '5 steps[0].each: "incidents" is not known; did you mean incident?',
    ],
    [front('when: {}', 'steps:', '  - tool: raw-record', '    each: []'), '5 steps[0].each: '],
    [front('when: {}', 'steps: []'), '3 steps: '],
    [
      front('when: {}', 'steps:', '  - tool: raw-record', '    each: ip'),
      '5 Tool raw-record is run for alert: write each: alert.',
    ],
    [
      front('when: {}', 'steps:', '  - tool: address-owner', '    each: incident'),
      '5 Tool address-owner is run for entity: write each: [ip, host]',
    ],
    [front(...steps), '2 when: missing'],
  ])('refuse %j, on its line', (text, expected) => {
    expect(problemsIn({ 'playbooks/x.md': text })[0]).toContain(`playbooks/x.md:${expected}`);
  });
});
