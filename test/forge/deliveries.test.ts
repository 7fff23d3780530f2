import { describe, expect, it } from 'vitest';
import { hookReceiver } from './hook-receiver.ts';
import { forgeInTest, SOC } from './running-forge.ts';

describe('the delivery log', () => {
  it('lists failures, shows the payload, and redelivers under the same GUID', async () => {
    let status = 500;
    await using receiver = await hookReceiver(() => status);
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    await t.person('hana').rest.issues.create({ ...SOC, title: 'x' });
    await t.forge.courier.idle();
    const { apps } = t.jwt.rest;
    const [failed] = (await apps.listWebhookDeliveries({ status: 'failure' })).data;
    if (!failed) throw new Error('nothing failed');
    expect(failed).toMatchObject({ event: 'issues', action: 'opened', status_code: 500, redelivery: false });
    const detail = await apps.getWebhookDelivery({ delivery_id: failed.id });
    expect(detail.data.request.payload).toMatchObject({ issue: { title: 'x' } });
    status = 202;
    await apps.redeliverWebhookDelivery({ delivery_id: failed.id });
    await t.forge.courier.idle();
    expect(receiver.hooks.map((hook) => hook.guid)).toEqual([failed.guid, failed.guid]);
    expect(receiver.hooks[0]?.body).toBe(receiver.hooks[1]?.body);
    const all = (await apps.listWebhookDeliveries()).data;
    expect(all.map((one) => [one.guid, one.redelivery, one.status_code])).toEqual([
      [failed.guid, true, 202],
      [failed.guid, false, 500],
    ]);
  });

  it('pages by cursor', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    for (let n = 0; n < 5; n++) await t.person('hana').rest.issues.create({ ...SOC, title: `n${n}` });
    await t.forge.courier.idle();
    const all = await t.jwt.paginate(t.jwt.rest.apps.listWebhookDeliveries, { per_page: 2 });
    expect(new Set(all.map((one) => one.guid))).toEqual(new Set(receiver.hooks.map((hook) => hook.guid)));
    expect(all).toHaveLength(5);
  });
});
