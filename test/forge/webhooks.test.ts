import { describe, expect, it } from 'vitest';
import { hookReceiver } from './hook-receiver.ts';
import { forgeInTest, SOC } from './running-forge.ts';

describe('webhooks', () => {
  it('are signed, carry their GUID and name repository, organisation, installation and sender', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    await t.person('hana').rest.issues.create({ ...SOC, title: 'x' });
    await t.forge.courier.idle();
    const [hook] = receiver.hooks;
    if (!hook) throw new Error('no hook came');
    expect(await receiver.genuine(hook, t.seeded.webhookSecret)).toBe(true);
    expect(await receiver.genuine(hook, 'another secret')).toBe(false);
    expect(hook.guid).toMatch(/^[0-9a-f-]{36}$/);
    expect(hook.headers['x-github-hook-installation-target-id']).toBe(String(t.seeded.appId));
    expect(hook.payload).toMatchObject({
      action: 'opened',
      issue: { number: 1, title: 'x' },
      repository: { id: t.seeded.repositoryIds.soc, full_name: 'acme/soc', private: true },
      organization: { login: 'acme' },
      installation: { id: t.seeded.installationId },
      sender: { login: 'hana', type: 'User' },
    });
  });

  it('tell every change of issues and comments by its own action', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    const issue = { ...SOC, issue_number: 1 };
    const { issues } = t.person('ken').rest;
    await issues.create({ ...SOC, title: 'x', labels: ['one'] });
    await issues.update({ ...issue, title: 'y' });
    await issues.setLabels({ ...issue, labels: ['two'] });
    await issues.update({ ...issue, assignees: ['hana'] });
    const { data } = await issues.createComment({ ...issue, body: 'a' });
    await issues.updateComment({ ...SOC, comment_id: data.id, body: 'b' });
    await issues.deleteComment({ ...SOC, comment_id: data.id });
    await issues.update({ ...issue, state: 'closed' });
    await issues.update({ ...issue, state: 'open' });
    await issues.lock(issue);
    await t.forge.courier.idle();
    expect(receiver.names().toSorted()).toEqual(
      [
        'issues.opened',
        'issues.labeled',
        'issues.edited',
        'issues.unlabeled',
        'issues.labeled',
        'issues.assigned',
        'issue_comment.created',
        'issue_comment.edited',
        'issue_comment.deleted',
        'issues.closed',
        'issues.reopened',
        'issues.locked',
      ].toSorted(),
    );
    const edited = receiver.hooks.find((hook) => hook.event === 'issue_comment' && hook.payload.action === 'edited');
    expect(edited?.payload).toMatchObject({ changes: { body: { from: 'a' } }, comment: { body: 'b' } });
  });

  it('are never retried when the receiver fails', async () => {
    await using receiver = await hookReceiver(() => 500);
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    await t.forge.courier.idle();
    expect(receiver.hooks).toHaveLength(1);
    expect(t.forge.state.store.all('delivery').map((one) => one.statusCode)).toEqual([500]);
  });
});
