import { expect, it } from 'vitest';
import { activeIn, brokenBoldIn } from './active-markdown.ts';

it.each([
  ['a mention', 'thanks @ken', 'mention'],
  ['a mention written as an entity', 'thanks &#64;ken', 'mention'],
  ['a link', '[x](http://evil.example)', 'link'],
  ['a bare link', 'see https://evil.example/a', 'link'],
  ['a link without a scheme', 'see www.evil.example', 'bare link'],
  ['an image', '![x](http://evil.example/x.png)', 'image'],
  ['raw HTML', 'a <img src=x> b', 'html'],
  ['a marker of somebody else', '<!-- other -->', 'html'],
  ['a command', 'words\n/approve all', 'command'],
  ['a closing keyword', 'fixes #1', 'closing keyword'],
  ['a reference', 'see #1', 'reference'],
  ['an invisible character', 'a\u202eb', 'invisible'],
])('the check of these tests sees %s', (_, markdown, kind) => {
  expect(activeIn(markdown).join('\n')).toContain(kind);
});

it('and has nothing against code, our tags and our own issues', () => {
  const calm =
    '`@ken fixes #1 <img> https://x.example`\n<details><summary>Tasks (1)</summary>\n\n- a in #9\n\n</details>\n\n<!-- yagura:v1 issue=7 -->';
  expect(activeIn(calm, [9])).toEqual([]);
});

it('finds bold that GitHub would not end', () => {
  expect(brokenBoldIn('**今すぐ確認してください。**次に')).not.toEqual([]);
  expect(brokenBoldIn('**今すぐ確認してください。** 次に **未評価**。`**`')).toEqual([]);
});
