import type { Assessment, ModelRun } from '../domain/assessment.ts';
import type { Language } from '../domain/locale.ts';
import { type ModelUsage, tiers, tokensOf } from '../domain/model.ts';
import { listsWords } from '../messages/lists.ts';
import { modelRunWords } from '../messages/model-run.ts';
import { brief } from './brief.ts';
import { dropReason } from './drop-reason.ts';
import { fold } from './fold.ts';
import { code, oneLine } from './text.ts';

/** Prompts and reasons that are listed. */
const listed = 12;

/** Which models wrote this, told what, for how much, and which of their sentences did not hold; folded. */
export function modelRun(model: ModelRun | undefined, dropped: Assessment['dropped'], language: Language): string {
  const words = modelRunWords(language);
  const taken = dropped.reduce((sum, { count }) => sum + count, 0);
  const out = taken === 0 ? '' : words.takenOut(number(taken));
  if (!model) return out === '' ? '' : fold(out, droppedLines(dropped, language).join('\n'));
  const cost = [
    words.requests(number(model.requests)),
    moneyText(model.money, language),
    ...(out === '' ? [] : [out]),
  ].join(listsWords(language).and);
  const lines = [...tierLines(model, language), ...promptLine(model, language), ...droppedLines(dropped, language)];
  if (lines.length === 0) lines.push(words.noAnswer);
  return fold(words.title(cost), lines.join('\n'));
}

/** `- investigate: claude, 18,204 tokens in, 40,000 cached, 2,310 out` */
function tierLines({ models, usage }: ModelRun, language: Language): string[] {
  return tiers.flatMap((tier) => {
    const used = usage[tier];
    const model = models[tier];
    if (model === undefined && (used === undefined || tokensOf(used) === 0)) return [];
    const parts = [model === undefined ? '' : code(model, 80), used === undefined ? '' : tokensText(used, language)];
    return [`- ${tier}: ${parts.filter((part) => part !== '').join(listsWords(language).and)}`];
  });
}

function tokensText({ input, cacheRead, cacheWrite, output }: ModelUsage, language: Language): string {
  return modelRunWords(language).tokens(number(input + cacheWrite), number(cacheRead), number(output));
}

function promptLine({ prompts }: ModelRun, language: Language): string[] {
  if (prompts.length === 0) return [];
  const names = prompts
    .slice(0, listed)
    .map(({ id, version, hash }) =>
      code(`${oneLine(id, 40)} v${oneLine(version, 20).replace(/^v/i, '')} ${hash.slice(0, 8)}`, 80),
    );
  const words = listsWords(language);
  const more = prompts.length - names.length;
  const shown = names.join(words.and);
  return [modelRunWords(language).prompts(more > 0 ? words.andMore(shown, more) : shown)];
}

function droppedLines(dropped: Assessment['dropped'], language: Language): string[] {
  const shown = dropped.filter(({ count }) => count > 0).slice(0, listed);
  const words = modelRunWords(language);
  return shown.map(
    ({ reason, count }) => `- ${words.takenOut(number(count))}: ${brief([dropReason(reason, language)], 160)}`,
  );
}

/** `$0.031`; three places, so that a cheap run is not free. */
function moneyText(dollars: number | undefined, language: Language): string {
  if (dollars === undefined) return modelRunWords(language).noPrice;
  if (dollars > 0 && dollars < 0.001) return modelRunWords(language).cheap;
  return `$${dollars.toFixed(3)}`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
