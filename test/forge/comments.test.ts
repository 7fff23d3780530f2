import { describe, expect, it } from 'vitest';
import { forgeInTest, refusalOf, SOC } from './running-forge.ts';

describe('comments and labels over REST', () => {
  it('are written by any reader and edited by their author or who may push', async () => {
    await using t = await forgeInTest();
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    const { data } = await t.person('otto').rest.issues.createComment({ ...SOC, issue_number: 1, body: '/block me' });
    const comment = { ...SOC, comment_id: data.id };
    expect((await refusalOf(t.person('hana').rest.issues.updateComment({ ...comment, body: 'y' }))).status).toBe(403);
    await t.person('ken').rest.issues.updateComment({ ...comment, body: 'changed by ken' });
    const read = await t.app.rest.issues.getComment(comment);
    expect([read.data.body, read.data.user?.login]).toEqual(['changed by ken', 'otto']);
    await t.person('otto').rest.issues.deleteComment(comment);
    expect((await refusalOf(t.app.rest.issues.getComment(comment))).status).toBe(404);
  });

  it('list per issue oldest first and per repository by time of change', async () => {
    await using t = await forgeInTest();
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    await t.app.rest.issues.create({ ...SOC, title: 'y' });
    for (const [issue_number, body] of [
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
    ] as const) {
      await t.app.rest.issues.createComment({ ...SOC, issue_number, body });
    }
    const bodies = (list: { body?: string }[]) => list.map((one) => one.body);
    expect(bodies((await t.app.rest.issues.listComments({ ...SOC, issue_number: 1 })).data)).toEqual(['a', 'c']);
    const all = await t.app.rest.issues.listCommentsForRepo({ ...SOC, sort: 'created', direction: 'desc' });
    expect(bodies(all.data)).toEqual(['c', 'b', 'a']);
  });

  it('labels are added, set, removed, and kept unique in any letter case', async () => {
    await using t = await forgeInTest();
    const issue = { ...SOC, issue_number: 1 };
    await t.app.rest.issues.create({ ...SOC, title: 'x', labels: ['one'] });
    const names = (list: { name: string }[]) => list.map((label) => label.name);
    expect(names((await t.app.rest.issues.addLabels({ ...issue, labels: ['two', 'ONE'] })).data)).toEqual([
      'one',
      'two',
    ]);
    expect(names((await t.app.rest.issues.setLabels({ ...issue, labels: ['three'] })).data)).toEqual(['three']);
    expect(names((await t.app.rest.issues.removeLabel({ ...issue, name: 'three' })).data)).toEqual([]);
    expect((await refusalOf(t.app.rest.issues.removeLabel({ ...issue, name: 'three' }))).status).toBe(404);
    expect((await refusalOf(t.app.rest.issues.createLabel({ ...SOC, name: 'Two' }))).status).toBe(422);
    const changed = await t.app.rest.issues.updateLabel({
      ...SOC,
      name: 'two',
      color: 'D73A4A',
      description: 'second',
    });
    expect([changed.data.color, changed.data.description]).toEqual(['d73a4a', 'second']);
    expect(names((await t.app.rest.issues.listLabelsForRepo(SOC)).data)).toEqual(['one', 'two', 'three']);
  });
});
