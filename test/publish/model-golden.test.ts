import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../src/domain/incident-view.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { reportComment } from '../../src/publish/report-comment.ts';
import { activeIn, brokenBoldIn } from './active-markdown.ts';
import { englishIn, inJapanese } from './japanese.ts';
import { contradicted, miner, obedient, refused, undecided } from './model-stories.ts';
import { reportOf } from './views.ts';

const stories: Record<string, IncidentView> = {
  miner: miner(),
  obedient: obedient(),
  undecided: undecided(),
  refused: refused(),
  contradicted: contradicted(),
};

const policy = { mode: 'approve' as const, mention: { severity: 'high' as const, who: ['acme/soc-responders'] } };

function commentOf(view: IncidentView): string {
  return reportComment(
    view,
    { report: view.report ?? reportOf(), evidence: view.evidence },
    view.recommendations,
    policy,
  );
}

describe('the issue of an incident that a model looked at', () => {
  it.each(Object.entries(stories))('%s reads as its golden file', async (name, view) => {
    const { title, body, labels } = renderIssue(view);
    const page = `Title: ${title}\nLabels: ${labels.map((l) => l.name).join(', ')}\n\n${body}\n`;
    await expect(page).toMatchFileSnapshot(`golden/model-issue-${name}.md`);
    expect(activeIn(body, [9])).toEqual([]);
    expect(body).not.toMatch(/undefined|null|\(\)|\[\]|\(empty\)|\.\.|#\?|: \.|\S {2}\S/);
  });

  it.each(Object.entries(stories))(
    '%s reads as its golden files in Japanese, with no English left',
    async (name, view) => {
      const { title, body, labels } = renderIssue(inJapanese(view));
      const page = `Title: ${title}\nLabels: ${labels.map((l) => l.name).join(', ')}\n\n${body}\n`;
      const comment = `${commentOf(inJapanese(view))}\n`;
      expect(activeIn(body, [9])).toEqual([]);
      expect(body).not.toMatch(/undefined|null|\(\)|\[\]|\(empty\)|\.\.|。。|#\?|: \.|\S {2}\S/);
      expect(comment.split('\n')[0]?.slice(0, 320)).toContain('次の対応: `/');
      expect([...brokenBoldIn(body), ...brokenBoldIn(comment)]).toEqual([]);
      await expect(page).toMatchFileSnapshot(`golden/ja/model-issue-${name}.md`);
      await expect(comment).toMatchFileSnapshot(`golden/ja/model-report-${name}.md`);
      expect(englishIn(page)).toEqual([]);
      expect(englishIn(comment)).toEqual([]);
    },
  );

  it.each(Object.entries(stories))('the comment on %s reads as its golden file', async (name, view) => {
    const text = commentOf(view);
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/model-report-${name}.md`);
    expect(activeIn(text.replaceAll('@acme/soc-responders', ''), [9])).toEqual([]);
    expect(text.split('\n')[0]?.slice(0, 320)).toContain('Next: `/');
  });
});
