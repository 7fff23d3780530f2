import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { createDetections } from '../../src/run/detections.ts';
import { spine } from './spine.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const login = JSON.parse(read('test/fixtures/sources/cloudtrail/console-login-root.json'));
const path = 'detections/aws/root-console-login.yml';
const rootLogin = { path, text: read(`examples/config-repo/${path}`) };

describe('the detections of the policy', () => {
  it('say once what they are and which are not used, when they first meet an event', () => {
    const log: string[] = [];
    const engine = createDetections((line) => log.push(line));
    const detections = [
      rootLogin,
      { path: 'detections/broken.yml', text: 'title: Broken\nlogsource: {product: aws}\n' },
    ];
    const policy = { ...safeDefaults('acme/soc-config'), commit: 'c'.repeat(40), detections };
    const event = { source: 'cloudtrail', event: login, time: new Date() };
    expect(engine.match([], policy)).toEqual([]);
    expect(log).toEqual([]);
    const [found] = engine.match([event, { ...event, event: {} }], policy);
    engine.match([event], { ...policy, neverBlock: ['203.0.113.7'] });
    expect(found?.map(({ rule }) => rule.title)).toEqual(['Root user signed in to the console']);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatch(
      /^Detections of cccccccccccc: 1 rules and correlations; not used: detections\/broken\.yml:1: /,
    );
  });

  it('make an incident issue that names rule, author and license', async () => {
    await using s = await spine({ detections: [rootLogin] });
    s.pipeline.now = s.now();
    s.pipeline.policy = s.policy;
    await s.pipeline.receive('cloudtrail', [{ ...login, eventTime: s.now().toISOString() }]);
    await s.settle();
    const { title, body } = await s.issue(1);
    expect(title).toContain('[Sigma on AWS CloudTrail: high] Root user signed in to the console');
    expect(body).toContain(
      `- Rule: \`Root user signed in to the console\` by \`Yagura contributors\` (\`Apache-2.0\`), \`${path}:1\``,
    );
    const [alerts = ''] = /<summary>Alerts[\s\S]*?<\/details>/.exec(body) ?? [];
    expect(alerts).toContain('by `Yagura contributors` (`Apache-2.0`), high');
    await s.pipeline.receive('cloudtrail', [
      { ...login, eventID: 'failed', responseElements: { ConsoleLogin: 'Failure' } },
    ]);
    await s.settle();
    await expect(s.issue(2)).rejects.toThrow();
  });
});
