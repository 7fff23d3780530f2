import { describe, expect, it } from 'vitest';
import { incidentInTest } from '../incident-in-test.ts';

const runs = `select kind, status, asked_by, focus from investigation order by id`;

describe('/ask', () => {
  it('begins a run with the question, and says where the answer will stand', async () => {
    await using t = await incidentInTest();
    t.model = true;
    expect(await t.say('hana', '/ask was `web-01` seen before?')).toContain('a comment of its own');
    expect(await t.rows(runs)).toEqual([
      { kind: 'ask', status: 'waiting', asked_by: 'hana', focus: 'was `web-01` seen before?' },
    ]);
  });

  it.each([
    ['without a model', false, '/ask who?', 'no model is set up'],
    ['without a question', true, '/ask', 'ask something'],
    ['with a story for a question', true, `/ask ${'why '.repeat(200)}`, 'at most 500 characters'],
  ])('is refused %s, and nothing begins', async (_, model, text, why) => {
    await using t = await incidentInTest();
    t.model = model;
    expect(await t.say('hana', text)).toMatch(new RegExp(`^refused.*${why}`));
    expect(await t.rows(runs)).toEqual([]);
  });
});

describe('/investigate with a model', () => {
  it('begins a run with the focus a person names', async () => {
    await using t = await incidentInTest();
    t.model = true;
    await t.say('hana', '/investigate the upload before it');
    expect(await t.rows(runs)).toEqual([
      { kind: 'investigate', status: 'waiting', asked_by: 'hana', focus: 'the upload before it' },
    ]);
  });

  it('begins one run for those who ask while it waits, with the newest focus', async () => {
    await using t = await incidentInTest();
    t.model = true;
    for (const focus of ['the upload', 'the login', '']) await t.say('ken', `/investigate ${focus}`);
    expect(await t.rows(runs)).toEqual([{ kind: 'investigate', status: 'waiting', asked_by: 'ken', focus: null }]);
  });

  it('says that nobody reads the focus where no model is', async () => {
    await using t = await incidentInTest();
    expect(await t.say('hana', '/investigate the upload')).toContain('no model is set up to read it');
    expect(await t.rows(runs)).toEqual([]);
  });
});

describe('/stop', () => {
  it('ends what waits at once, and lets what runs come to its report', async () => {
    await using t = await incidentInTest();
    t.model = true;
    await t.say('hana', '/investigate');
    await t.rows(`update investigation set status = 'running'`);
    await t.say('hana', '/ask why?');
    expect(await t.say('hana', '/stop')).toMatch(/^done/);
    expect((await t.rows<{ status: string }>(runs)).map((run) => run.status)).toEqual(['stopping', 'stopped']);
  });

  it('is refused where nothing is at work', async () => {
    await using t = await incidentInTest();
    expect(await t.say('hana', '/stop')).toMatch(/^refused.*no model is at work/);
  });
});
