import type { Assessment, ModelRun } from '../domain/assessment.ts';
import { type ModelUsage, tiers, tokensOf } from '../domain/model.ts';
import { brief } from './brief.ts';
import { fold } from './fold.ts';
import { code, oneLine } from './text.ts';

/** Prompts and reasons that are listed. */
const listed = 12;

/** Which models wrote this, told what, for how much, and which of their sentences did not hold; folded. */
export function modelRun(model: ModelRun | undefined, dropped: Assessment['dropped'] = []): string {
  const taken = dropped.reduce((sum, { count }) => sum + count, 0);
  const out = taken === 0 ? '' : `${sentences(taken)} taken out`;
  if (!model) return out === '' ? '' : fold(out, droppedLines(dropped).join('\n'));
  const cost = `${counted(model.requests, 'request')}, ${moneyText(model.money)}`;
  const lines = [...tierLines(model), ...promptLine(model), ...droppedLines(dropped)];
  if (lines.length === 0) lines.push('- No model answered.');
  return fold(`Model: ${out === '' ? cost : `${cost}, ${out}`}`, lines.join('\n'));
}

/** `- investigate: claude, 18,204 tokens in, 40,000 cached, 2,310 out` */
function tierLines({ models, usage }: ModelRun): string[] {
  return tiers.flatMap((tier) => {
    const used = usage[tier];
    const model = models[tier];
    if (model === undefined && (used === undefined || tokensOf(used) === 0)) return [];
    const parts = [model === undefined ? '' : code(model, 80), used === undefined ? '' : tokensText(used)];
    return [`- ${tier}: ${parts.filter((part) => part !== '').join(', ')}`];
  });
}

function tokensText({ input, cacheRead, cacheWrite, output }: ModelUsage): string {
  return `${number(input + cacheWrite)} tokens in, ${number(cacheRead)} cached, ${number(output)} out`;
}

function promptLine({ prompts }: ModelRun): string[] {
  if (prompts.length === 0) return [];
  const names = prompts
    .slice(0, listed)
    .map(({ id, version, hash }) =>
      code(`${oneLine(id, 40)} v${oneLine(version, 20).replace(/^v/i, '')} ${hash.slice(0, 8)}`, 80),
    );
  const more = prompts.length > names.length ? ` and ${prompts.length - names.length} more` : '';
  return [`- prompts: ${names.join(', ')}${more}`];
}

function droppedLines(dropped: Assessment['dropped']): string[] {
  const shown = dropped.filter(({ count }) => count > 0).slice(0, listed);
  return shown.map(({ reason, count }) => `- ${sentences(count)} taken out: ${brief([reason], 160)}`);
}

/** `$0.031`; three places, so that a cheap run is not free. */
function moneyText(dollars: number | undefined): string {
  if (dollars === undefined) return 'no price known';
  if (dollars > 0 && dollars < 0.001) return 'less than $0.001';
  return `$${dollars.toFixed(3)}`;
}

function sentences(count: number): string {
  return counted(count, 'sentence');
}

function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
