import { describe, expect, it } from 'vitest';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import { soc } from '../github/adapter-in-test.ts';
import { exampleTools } from './example-tools.ts';
import { attack, spine } from './spine.ts';

describe('a model that investigates', () => {
  it('adds its assessment to the issue and says so in one comment', async () => {
    await using s = await spine({ playbooks: [exampleTools] }, { model: createScriptedModel() });
    await s.take(attack(1));
    const { body, labels } = await s.issue(1);
    console.log(body);
    console.log((await s.ourComments(1)).join('\n=====\n'));
    console.log(s.log);
    expect(labels).toContain('verdict: suspicious?');
  });

  it('answers a question in a comment of its own', async () => {
    await using s = await spine({ playbooks: [exampleTools] }, { model: createScriptedModel() });
    await s.take(attack(1));
    await s.comment('hana', 1, '/ask was web-1 seen before?');
    console.log((await s.ourComments(1)).join('\n=====\n'));
    expect(soc).toBeDefined();
  });
});
