import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { filesOf, goodPolicy, known, meta, problemsIn } from './policy-files.ts';

const good = `---
rights:
  analyst: { people: [Hana], teams: [Acme/SOC-Analysts], roles: [triage] }
  responder: { people: ken }
resources:
  - id: edge
    connector: blocklist
    settings: { list: edge }
responses:
  - id: block-external
    when: { kind: threat, severity: low }
    entity: ip
    action: block
    resources: [edge]
    autonomy: approve
    duration: 24h
    max_duration: 30d
    approvals: 2
    because: It costs us nothing.
never_block:
  - 203.0.113.53
  - 203.0.113.64/28
  - Example.NET
---
Why.
`;
const path = 'policies/response.md';
const broken = (from: string, to: string) => problemsIn({ [path]: good.replace(from, to) });

describe('policies/response.md', () => {
  it('says who may do what, where, and how far', () => {
    const policy = goodPolicy({ [path]: good });
    expect(policy.grants).toEqual({
      analyst: { people: ['hana'], teams: ['acme/soc-analysts'], roles: ['triage'] },
      responder: { people: ['ken'], teams: [], roles: [] },
    });
    expect(policy.resources).toEqual([
      { id: 'edge', connector: 'blocklist', settings: { list: 'edge' }, origin: { path, line: 6 } },
    ]);
    expect(policy.responses).toEqual([
      {
        id: 'block-external',
        when: { kind: ['threat'], severity: 'low' },
        entity: ['ip'],
        action: 'block',
        resources: ['edge'],
        autonomy: 'approve',
        duration: 86_400,
        maxDuration: 2_592_000,
        approvals: 2,
        requesterMayApprove: false,
        emergency: false,
        because: 'It costs us nothing.',
        origin: { path, line: 10 },
      },
    ]);
    expect(policy.neverBlock.slice(-3)).toEqual(['203.0.113.53', '203.0.113.64/28', 'example.net']);
    expect(policy.neverBlock).toContain('10.0.0.0/8');
  });

  it('gives nobody a right and does nothing when it is not there', () => {
    const { grants, responses } = goodPolicy({ 'yagura.md': '---\nmode: auto\n---\n' });
    expect(responses).toEqual([]);
    expect(Object.values(grants).flatMap((grant) => Object.values(grant).flat())).toEqual([]);
  });

  it.each([
    [
      'resources: [edge]',
      'resources: [edge, egde]',
      14,
      'Resource "egde" is not known; did you mean edge? Allowed: edge.',
    ],
    ['connector: blocklist', 'connector: blacklist', 7, 'Connector "blacklist" is not known; did you mean blocklist?'],
    ['settings: { list: edge }', 'settings: { lists: edge, list: edge }', 8, 'Key "lists" is not known here.'],
    ['settings: { list: edge }', 'settings: {}', 8, 'resources[0].settings.list: missing; expected text.'],
    ['action: block', 'action: quarantine', 13, 'Action "quarantine" is not known. Allowed: block.'],
    ['entity: ip', 'entity: [ip, host]', 12, 'Action block cannot act on host. Allowed: ip, domain.'],
    ['duration: 24h', 'duration: 31d', 16, 'responses[0].duration: longer than max_duration'],
    ['duration: 24h', 'duration: 0h', 16, 'responses[0].duration: "0h" is not a length of time'],
    ['approvals: 2', 'approvals: 3', 18, 'responses[0].approvals: "3" is not known. Allowed: 1, 2.'],
    ['approvals: 2', 'aprovals: 2', 18, 'Key "aprovals" is not known; did you mean approvals?'],
    ['autonomy: approve', 'autonomy: aprove', 15, 'did you mean approve?'],
    ['people: [Hana]', 'people: ["dependabot[bot]"]', 3, 'bots never have rights'],
    ['teams: [Acme/SOC-Analysts]', 'teams: [soc-analysts]', 3, '"soc-analysts" is not a team: write org/team'],
    ['people: ken', 'people: "@ken"', 4, 'write hana, without @'],
    ['roles: [triage]', 'roles: [none]', 3, '"none" is not a repository role'],
    [
      '  responder:',
      '  responders:',
      4,
      'Key "responders" is not known; did you mean responder? Allowed: analyst, responder.',
    ],
    ['203.0.113.64/28', '203.0.113.65/28', 22, 'did you mean 203.0.113.64/28?'],
    ['203.0.113.53', '203.0.113.053', 21, 'is not an address, a block or a domain'],
    ['Example.NET', '"*.example.net"', 23, 'is not an address, a block or a domain (subdomains are included)'],
    ['id: edge\n', 'id: Edge\n', 6, 'resources[0].id: "Edge" is not an id'],
    ['because: It costs us nothing.', 'because: ""', 19, 'responses[0].because: "" is too short'],
  ])('refuses %j written as %j, on its line', (from, to, line, words) => {
    const [first, ...others] = broken(from, to);
    expect(first).toContain(`${path}:${line} `);
    expect(first).toContain(words);
    expect(others).toEqual([]);
  });

  it('lets who is on call run alone what can be taken back, for an hour at most', () => {
    const urgent = good.replace('approvals: 2', 'approvals: 2\n    emergency: true');
    const policy = goodPolicy({ [path]: urgent.replace('never_block:', 'confirm_within: 30m\nnever_block:') });
    expect([policy.responses[0]?.emergency, policy.confirmWithin]).toEqual([true, 1_800]);
    expect(goodPolicy({ [path]: good }).confirmWithin).toBe(900);
    const never = urgent.replace('autonomy: approve', 'autonomy: recommend');
    expect(problemsIn({ [path]: never })).toEqual([
      `${path}:19 With autonomy recommend it never runs, so emergency means nothing.`,
    ]);
    const long = urgent.replace('never_block:', 'confirm_within: 2h\nnever_block:');
    expect(problemsIn({ [path]: long })).toEqual([
      expect.stringContaining(
        `${path}:21 confirm_within: longer than 1h: nothing runs longer on the word of one person.`,
      ),
    ]);
    const lasting = { ...known, actions: [{ action: 'block', entity: ['ip' as const], lasting: true }] };
    expect(loadPolicy(filesOf({ [path]: urgent }), meta, lasting).problems.map(({ message }) => message)).toEqual([
      'Action block cannot be taken back within the hour, so nobody runs it alone: remove emergency.',
    ]);
  });

  it('refuses one id for two resources or two rules', () => {
    const twice = good.replace('responses:\n', '  - id: edge\n    connector: nftables\nresponses:\n');
    expect(problemsIn({ [path]: twice })).toEqual([`${path}:9 The id edge is given twice; each id may stand once.`]);
  });

  it('refuses two resources that keep one list, on the line of the second', () => {
    const second = (list: string) =>
      good.replace(
        'responses:\n',
        `  - id: core\n    connector: blocklist\n    settings:\n      list: ${list}\nresponses:\n`,
      );
    expect(problemsIn({ [path]: second('core') })).toEqual([]);
    expect(problemsIn({ [path]: second('edge') })).toEqual([
      `${path}:12 Resource edge has list edge already; each would drop what the other put there.`,
    ]);
  });

  it('shows every problem of the file, in order', () => {
    const many = good.replace('autonomy: approve', 'autonomy: yes').replace('duration: 24h', 'duration: soon');
    expect(problemsIn({ [path]: many }).map((problem) => problem.split(' ')[0])).toEqual([`${path}:15`, `${path}:16`]);
  });
});
