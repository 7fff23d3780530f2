import { expect, it } from 'vitest';
import { withoutMentions } from '../../src/publish/without-mentions.ts';

it.each([
  ['a login', 'For @ken @mika by policy.', 'For ken @mika by policy.'],
  ['a team', 'For @acme/soc, @acme/soc-2.', 'For acme/soc, @acme/soc-2.'],
  ['a login in another case, before a colon', '⏳ @Ken: **R1**', '⏳ Ken: **R1**'],
  ['none in a longer name or an address', '@kenji @ken/team x@ken.example', '@kenji @ken/team x@ken.example'],
  ['none in code', '`@ken` ``@ken `x` @ken`` @ken', '`@ken` ``@ken `x` @ken`` ken'],
  ['one in a line with Japanese', '**@ken さん、担当です', '**ken さん、担当です'],
])('takes the mention of %s', (_, text, without) => {
  expect(withoutMentions(text, ['ken', 'acme/soc'])).toBe(without);
});
