import type { AlertEntity } from '../../src/domain/entity.ts';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import { alertView, at, evidenceOf, ownTitle, recommendationOf, reportOf, taskOf, viewOf } from './views.ts';

const host: AlertEntity = { type: 'host', value: 'web-01', role: 'target', from: 'field' };
const pool: AlertEntity = { type: 'ip', value: '203.0.113.7', role: 'pool', from: 'field' };
const uploader: AlertEntity = { type: 'ip', value: '198.51.100.9', role: 'source', from: 'field' };
const poolName: AlertEntity = { type: 'domain', value: 'pool.mine.example', role: 'pool', from: 'field' };

/** A miner on a web server, investigated, one block done and three waiting. */
export function cryptomining(): IncidentView {
  const alerts = [
    alertView('31', {
      title: 'Crypto miner xmrig started on web-01',
      rule: 'Detect crypto miners',
      severity: 'critical',
      time: at(121),
      techniques: ['T1496'],
      entities: [host, pool, poolName],
      quoted: [
        { name: 'proc.cmdline', value: 'xmrig -o pool.mine.example:3333' },
        { name: 'user.name', value: 'www-data' },
      ],
      joinReason: 'shares host web-01, 1 min 58 s after it was last seen',
    }),
    alertView('30', {
      title: 'PHP file written below the web root',
      rule: 'Write below web root',
      severity: 'medium',
      time: at(3),
      techniques: ['T1505.003'],
      entities: [host, uploader],
    }),
    alertView('32', {
      title: 'Outbound connection to a mining pool',
      rule: 'Outbound connection to miner pool',
      severity: 'high',
      time: at(124),
      count: 12,
      lastSeen: at(400),
      techniques: ['T1496'],
      entities: [host, pool],
      joinReason: 'shares host web-01, 3 s after it was last seen',
    }),
  ];
  return viewOf(alerts, {
    evidence: [
      evidenceOf(
        1,
        'organization-context',
        'found',
        [{ entity: host }, ' is asset Shop web server (criticality critical, owner mika), context/hosts/web-01.md'],
        { entity: { type: 'host', value: 'web-01' } },
      ),
      evidenceOf(2, 'entity-alerts', 'nothing', ['no other incident has ', { entity: pool }], {
        entity: { type: 'ip', value: pool.value },
      }),
      evidenceOf(
        3,
        'entity-alerts',
        'found',
        [
          { entity: uploader },
          ' is in 2 alerts of other incidents, the last: ',
          { quote: 'Login failures' },
          ' in ',
          { issue: 9 },
        ],
        { entity: { type: 'ip', value: uploader.value } },
      ),
      evidenceOf(4, 'address-owner', 'could-not-look', [
        'who owns ',
        { entity: pool },
        ': a public address, and no lookup service is connected',
      ]),
      evidenceOf(
        5,
        'raw-record',
        'found',
        ['raw record of ', { quote: 'Crypto miner xmrig started on web-01' }, ' kept'],
        {
          alert: '31',
        },
      ),
    ],
    recommendations: [
      recommendationOf(1, uploader, { status: 'executed', evidence: ['E3'], approvals: ['ken'] }),
      recommendationOf(2, pool, { evidence: ['E5'] }),
      recommendationOf(3, poolName, { evidence: ['E5'], resources: ['edge', 'demo-firewall'] }),
      recommendationOf(
        4,
        { type: 'domain', value: 'cdn.example' },
        { requestedBy: 'hana', because: 'asked for by command' },
      ),
    ],
    tasks: [taskOf(1, uploader)],
    report: reportOf({
      playbook: 'cryptomining',
      claims: [
        {
          text: [
            { entity: host },
            ' is asset Shop web server (criticality critical, owner mika), context/hosts/web-01.md',
          ],
          evidence: ['E1'],
        },
        {
          text: [
            { entity: uploader },
            ' is in 2 alerts of other incidents, the last: ',
            { quote: 'Login failures' },
            ' in ',
            { issue: 9 },
          ],
          evidence: ['E3'],
        },
        { text: ['Looked, found nothing: other incidents with these entities'], evidence: ['E2'] },
        { text: ['Raw records kept: 1'], evidence: ['E5'] },
      ],
      questions: [
        { ask: 'Does this host run anything that may use all of its CPU?', who: "the host's owner" },
        { ask: 'How did the miner get there? Look for an upload or a login shortly before.', who: 'hana' },
      ],
    }),
  });
}

/** One alert of a product nobody here knows anything about. */
export function unknownAlert(): IncidentView {
  const ip: AlertEntity = { type: 'ip', value: '203.0.113.50', role: 'mentioned', from: 'text' };
  const build: AlertEntity = { type: 'host', value: 'build-3', role: 'host', from: 'field' };
  const alert = alertView('40', {
    title: 'Unusual login time',
    source: 'generic',
    product: 'Door Keeper',
    rule: 'unusual-login',
    severity: 'medium',
    entities: [build, ip],
    quoted: [{ name: 'message', value: 'jo logged in at 03:12 from 203.0.113.50' }],
  });
  return viewOf([alert], {
    evidence: [
      evidenceOf(1, 'organization-context', 'nothing', ['context/ says nothing about ', { entity: build }]),
      evidenceOf(2, 'similar-incidents', 'nothing', ['no incident was closed yet to compare with']),
    ],
    report: reportOf({
      claims: [
        {
          text: ['Looked, found nothing: what the organization says about them, similar closed incidents'],
          evidence: ['E1', 'E2'],
        },
      ],
      questions: [{ ask: 'Was jo at work then?', who: 'jo' }],
    }),
  });
}

/** A port scan that a rule of the policy knows. */
export function knownScanner(): IncidentView {
  const scanner: AlertEntity = { type: 'ip', value: '10.20.9.5', role: 'source', from: 'field' };
  const alert = alertView('50', {
    title: 'Port scan of web-01',
    product: 'Amazon GuardDuty',
    source: 'guardduty',
    rule: 'Recon:EC2/Portscan',
    severity: 'low',
    entities: [scanner, host],
  });
  return viewOf([alert], {
    evidence: [evidenceOf(1, 'address-owner', 'found', [{ entity: scanner }, ' is ours: Internal network'])],
    report: reportOf({
      verdict: 'benign',
      verdictBy: 'policies/triage.md:3',
      because: 'Our own vulnerability scanner does this every Monday.',
      claims: [{ text: [{ entity: scanner }, ' is ours: Internal network'], evidence: ['E1'] }],
    }),
  });
}

/** What a detection rule of somebody else saw in CloudTrail. */
export function rootLogin(): IncidentView {
  const source: AlertEntity = { type: 'ip', value: '203.0.113.99', role: 'source', from: 'field' };
  const root: AlertEntity = { type: 'user', value: 'root', role: 'actor', from: 'field' };
  const arn = 'arn:aws:iam::111122223333:root';
  const alert = alertView('55', {
    title: 'Root signed in without a second factor',
    product: 'Sigma on AWS CloudTrail',
    source: 'cloudtrail',
    rule: '00000000-0000-4000-8000-000000000055',
    severity: 'high',
    techniques: ['T1078.004'],
    entities: [root, { type: 'cloud_resource', value: arn, role: 'actor', from: 'field' }, source],
    quoted: [
      { name: 'userIdentity.type', value: 'Root' },
      { name: 'event', value: 'ConsoleLogin on signin.amazonaws.com' },
      { name: 'from', value: '203.0.113.99, Mozilla/5.0' },
    ],
    attribution: {
      ruleId: '00000000-0000-4000-8000-000000000055',
      title: 'Root signed in without a second factor',
      author: 'Ada Example, Ben Example (@ben)',
      license: 'DRL-1.1',
      level: 'high',
      tags: ['attack.t1078.004'],
      file: 'detections/sigmahq/cloud/aws/root-login.yml:1',
    },
  });
  return viewOf([alert], { report: reportOf({ questions: [{ ask: 'Did you sign in as root?', who: 'hana' }] }) });
}

/** One advisory in three repositories. */
export function vulnerability(): IncidentView {
  const alerts = ['shop-web', 'shop-api', 'tools'].map((name, k) =>
    alertView(`6${k}`, {
      kind: 'vulnerability',
      title: 'left-pad-plus before 1.4.2 lets a request crash the process',
      product: 'GitHub Dependabot',
      source: 'github',
      rule: 'GHSA-aaaa-bbbb-cccc',
      severity: 'high',
      time: at(k * 3600),
      subject: ['advisory:GHSA-aaaa-bbbb-cccc'],
      entities: [{ type: 'cloud_resource', value: `acme/${name}`, role: 'repository', from: 'field' }],
      quoted: [
        { name: 'package', value: 'npm left-pad-plus' },
        { name: 'vulnerable', value: '< 1.4.2' },
        { name: 'fixed in', value: '1.4.2' },
        { name: 'manifest', value: 'package-lock.json' },
      ],
      place: {
        by: 'dependabot',
        repository: `acme/${name}`,
        package: 'left-pad-plus',
        ecosystem: 'npm',
        manifest: 'package-lock.json',
        relationship: k === 1 ? 'direct' : 'transitive',
        scope: k === 1 ? 'runtime' : 'development',
        range: '< 1.4.2',
        fixed: '1.4.2',
        ghsa: 'GHSA-aaaa-bbbb-cccc',
        epss: 0.021,
      },
      ...(k === 0 ? { lifecycle: 'fixed' as const } : {}),
      joinReason:
        k === 0 ? 'first alert of this incident' : 'shares advisory GHSA-aaaa-bbbb-cccc, 1 h after it was last seen',
    }),
  );
  return viewOf(alerts, {
    report: reportOf({ playbook: 'vulnerability' }),
    owners: { 'acme/tools': 'mika' },
    mending: {
      due: new Date('2026-03-31T12:01:00Z'),
      exposed: true,
      epss: 0.021,
      listed: true,
      places: { '60': { owners: [] }, '61': { owners: ['@acme/shop'], update: 7 }, '62': { owners: [] } },
    },
  });
}

/** A malicious package in two repositories, of which one got rid of it. */
export function maliciousPackage(): IncidentView {
  const alerts = ['shop-web', 'tools'].map((name, k) =>
    alertView(`6${k}`, {
      title: 'Malware in left-pad-plus',
      product: k === 0 ? 'GitHub Advisory Database' : 'GitHub Dependabot',
      source: 'github',
      rule: 'GHSA-aaaa-bbbb-cccc',
      severity: 'critical',
      time: at(k * 60),
      subject: ['advisory:GHSA-aaaa-bbbb-cccc'],
      entities: [{ type: 'cloud_resource', value: `acme/${name}`, role: 'repository', from: 'field' }],
      quoted: [{ name: 'package', value: 'npm left-pad-plus 1.4.1' }],
      place: {
        by: k === 0 ? 'advisory' : 'dependabot',
        repository: `acme/${name}`,
        package: 'left-pad-plus',
        ecosystem: 'npm',
        range: '= 1.4.1',
        malicious: true,
        ...(k === 0
          ? {
              installed: '1.4.1',
              runs: {
                from: '2026-02-20T09:00:00.000Z',
                to: '2026-03-01T12:00:00.000Z',
                total: 7,
                shown: [{ id: 91, path: '.github/workflows/ship.yml', at: '2026-03-01T11:30:00.000Z' }],
              },
            }
          : { manifest: 'package-lock.json' }),
      },
      ...(k === 0 ? { lifecycle: 'fixed' as const } : {}),
    }),
  );
  return viewOf(alerts);
}

/** A token in a repository; its value never got here. */
export function leakedSecret(): IncidentView {
  const alert = alertView('70', {
    kind: 'leaked-secret',
    ...ownTitle((words) => words.secret('Acme Payments live key', 'acme/shop-api')),
    product: 'GitHub secret scanning',
    source: 'github',
    rule: 'acme_payments_live_key',
    severity: 'critical',
    subject: ['secret:acme/shop-api:5'],
    entities: [{ type: 'cloud_resource', value: 'acme/shop-api', role: 'repository', from: 'field' }],
    quoted: [
      { name: 'where', value: 'config/dev.env, line 4' },
      { name: 'still valid', value: 'active' },
    ],
    floorBecause: 'a live secret is always critical, policies/severity.md:8',
  });
  return viewOf([{ ...alert, severity: 'high' }], {
    report: reportOf({
      playbook: 'leaked-secret',
      questions: [{ ask: 'Was the key rotated?', who: 'the owner of shop-api' }],
    }),
  });
}

/** Somebody from outside was given a repository, and left a key there. */
export function keyLeftBehind(): IncidentView {
  const shop: AlertEntity = { type: 'cloud_resource', value: 'acme/shop-api', role: 'repository', from: 'field' };
  const mika: AlertEntity = { type: 'user', value: 'mika', role: 'did it', from: 'field' };
  const alerts = [
    alertView('80', {
      ...ownTitle((words) => words.memberAdded('rin', 'admin', 'acme/shop-api')),
      product: 'GitHub',
      source: 'github',
      rule: 'member.added',
      severity: 'medium',
      entities: [shop, mika, { type: 'user', value: 'rin', role: 'member', from: 'field' }],
    }),
    alertView('81', {
      ...ownTitle((words) => words.deployKeyAdded('acme/shop-api', true)),
      product: 'GitHub',
      source: 'github',
      rule: 'deploy_key.created',
      severity: 'medium',
      time: at(300),
      entities: [shop, { ...mika, value: 'rin' }],
      joinReason: 'shares cloud_resource acme/shop-api, 5 min after it was last seen',
    }),
  ];
  return viewOf(alerts, { report: reportOf() });
}

/** Five hundred alerts, of which the view holds two hundred. */
export function storm(): IncidentView {
  const alerts = Array.from({ length: 200 }, (_, k) =>
    alertView(`${1000 + k}`, {
      title: `Login failure number ${k} for user${k}@corp.example from a place never seen before, tried ${'again and '.repeat(8)}again`,
      product: 'Door Keeper',
      source: 'generic',
      rule: `failed-login-${k}`,
      severity: 'medium',
      time: at(k),
      entities: [
        { type: 'host', value: 'gate-1', role: 'target', from: 'field' },
        { type: 'user', value: `user${k}`, role: 'user', from: 'field' },
      ],
      joinReason: k === 0 ? 'first alert of this incident' : 'shares host gate-1, 1 s after it was last seen',
    }),
  );
  return viewOf(alerts, { alertTotal: 500, incident: { alertCount: 812 } });
}
