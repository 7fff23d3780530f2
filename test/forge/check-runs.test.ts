import { describe, expect, it } from 'vitest';
import { hookReceiver } from './hook-receiver.ts';
import { type ForgeInTest, forgeInTest, refusalOf, SOC } from './running-forge.ts';

const headSha = async (t: ForgeInTest) => (await t.app.rest.git.getRef({ ...SOC, ref: 'heads/main' })).data.object.sha;

const annotations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: 'README.md',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'failure' as const,
    message: `line ${index + 1}`,
  }));

describe('check runs', () => {
  it('take 50 annotations a request and add up over updates', async () => {
    await using t = await forgeInTest();
    const run = await t.app.rest.checks.create({
      ...SOC,
      name: 'policy',
      head_sha: await headSha(t),
      status: 'in_progress',
    });
    const update = { ...SOC, check_run_id: run.data.id };
    const output = (count: number) => ({ title: 'Broken', summary: 'see lines', annotations: annotations(count) });
    expect((await refusalOf(t.app.rest.checks.update({ ...update, output: output(51) }))).status).toBe(422);
    await t.app.rest.checks.update({ ...update, output: output(50) });
    const done = await t.app.rest.checks.update({ ...update, conclusion: 'failure', output: output(10) });
    expect([done.data.status, done.data.output.annotations_count]).toEqual(['completed', 60]);
    const listed = await t.app.paginate(t.app.rest.checks.listAnnotations, { ...update, per_page: 100 });
    expect(listed).toHaveLength(60);
  });

  it('are listed per ref, the latest of each name', async () => {
    await using t = await forgeInTest();
    const head_sha = await headSha(t);
    await t.app.rest.checks.create({ ...SOC, name: 'policy', head_sha, conclusion: 'failure' });
    const second = await t.app.rest.checks.create({ ...SOC, name: 'policy', head_sha, conclusion: 'success' });
    const { data } = await t.app.rest.checks.listForRef({ ...SOC, ref: 'main', check_name: 'policy' });
    expect([data.total_count, data.check_runs[0]?.id]).toEqual([1, second.data.id]);
  });

  it('belong to apps only, and tell the hooks when somebody asks for them again', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    const run = { ...SOC, name: 'policy', head_sha: await headSha(t), conclusion: 'success' as const };
    expect((await refusalOf(t.person('ken').rest.checks.create(run))).status).toBe(403);
    const { data } = await t.app.rest.checks.create(run);
    await t.person('ken').rest.checks.rerequestRun({ ...SOC, check_run_id: data.id });
    await t.forge.courier.idle();
    expect(receiver.names().toSorted()).toEqual(['check_run.completed', 'check_run.created', 'check_run.rerequested']);
  });
});
