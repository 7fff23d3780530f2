import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ApiIssue, eventually, issueNamed, runningDemo } from './running-demo.ts';

const fixtures = new URL('../fixtures/sources/', import.meta.url);
const login = JSON.parse(readFileSync(new URL('cloudtrail/console-login-root.json', fixtures), 'utf8'));

describe('a raw event that is sent to the demo', () => {
  it('becomes an issue that names rule, author and license when a rule of the config repository matches it', async () => {
    await using demo = await runningDemo();
    const token = readFileSync(join(demo.dataDir, 'ingest-token'), 'utf8').trim();
    const send = async (source: string, type: string, body: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const response = await fetch(`${demo.appUrl}/ingest/${source}`, { method: 'POST', headers, body });
      return { status: response.status, ...((await response.json()) as { accepted: number }) };
    };
    // The example alerts of the demo come first.
    await issueNamed(demo, 'web-01');
    const failed = { ...login, eventID: 'failed', responseElements: { ConsoleLogin: 'Failure' } };
    expect(await send('cloudtrail', 'application/json', JSON.stringify(failed))).toMatchObject({ accepted: 1 });
    const line = '198.51.100.23 - - [01/Mar/2026:12:00:07 +0000] "GET / HTTP/1.0" 200 5\n';
    expect(await send('web-access', 'text/plain', line.repeat(3))).toMatchObject({ status: 202, accepted: 3 });
    expect(await send('cloudtrail', 'application/json', JSON.stringify(login))).toMatchObject({ accepted: 1 });

    const issue = await issueNamed(demo, 'Root user signed in');
    const body = await eventually('the issue is complete', async () => {
      const now = await demo.as<ApiIssue>('hana', 'GET', `/repos/acme/soc/issues/${issue.number}`);
      return now.body.includes('What the rule saw') ? now.body : undefined;
    });
    expect(body).toContain('- Rule: `Root user signed in to the console` by `Yagura contributors` (`Apache-2.0`)');
    const issues = await demo.as<ApiIssue[]>('hana', 'GET', '/repos/acme/soc/issues?state=all&per_page=100');
    expect(issues.filter(({ body }) => body.includes('Root user signed in to the console'))).toHaveLength(1);
    // The demo's own events: an upload that is run is an incident of its own.
    await issueNamed(demo, 'Upload, then a script run');
    expect(issues.filter(({ title }) => title.includes('cannot be read'))).toEqual([]);
    expect(demo.output()).toMatch(/Detections of [0-9a-f]{12}: \d+ rules and correlations$/m);
  }, 120_000);
});
