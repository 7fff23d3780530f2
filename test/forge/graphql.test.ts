import { expect, it } from 'vitest';
import { visitorOf } from './pages/visitor.ts';
import { forgeInTest, SOC } from './running-forge.ts';

const pin = 'mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { id } } }';
const unpin = pin.replace('pinIssue', 'unpinIssue');

it('pins an issue above the list for who may write, answers what it refuses with status 200, and takes it down', async () => {
  await using t = await forgeInTest();
  const { data: issue } = await t.app.rest.issues.create({ ...SOC, title: 'The queue' });
  await t.app.rest.issues.create({ ...SOC, title: 'Something newer' });
  const id = issue.node_id;
  const refusal = async (who: typeof t.app, document: string, variables: Record<string, unknown>) =>
    who.graphql(document, variables).catch(({ response }) => response);
  expect(await refusal(t.person('otto'), pin, { id })).toMatchObject({
    data: { pinIssue: null },
    errors: [{ type: 'FORBIDDEN', path: ['pinIssue'] }],
  });
  expect(await t.app.graphql(pin, { id })).toEqual({ pinIssue: { issue: { id } } });
  const visitor = await visitorOf(t.forge);
  const { html } = await visitor.get('/acme/soc/issues');
  expect(html.indexOf('The queue')).toBeLessThan(html.indexOf('Something newer'));
  expect(await refusal(t.app, pin, { id })).toMatchObject({ errors: [{ type: 'UNPROCESSABLE' }] });
  expect(await refusal(t.app, pin, { id: 'I_bm9uZQ' })).toMatchObject({ errors: [{ type: 'NOT_FOUND' }] });
  expect(await refusal(t.app, '{ viewer { login } }', {})).toMatchObject({ errors: [{}] });
  expect(await t.person('ken').graphql(unpin, { id })).toEqual({ unpinIssue: { issue: { id } } });
  expect((await visitor.get('/acme/soc/issues')).html).not.toContain('<h2>Pinned</h2>');
});

it('pins three issues a repository', async () => {
  await using t = await forgeInTest();
  const ids: string[] = [];
  for (const title of ['one', 'two', 'three', 'four'])
    ids.push((await t.app.rest.issues.create({ ...SOC, title })).data.node_id);
  for (const id of ids.slice(0, 3)) await t.app.graphql(pin, { id });
  await expect(t.app.graphql(pin, { id: ids[3] })).rejects.toThrow('Maximum 3 pinned issues per repository');
});
