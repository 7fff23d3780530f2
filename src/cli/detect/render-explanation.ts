import type { Explained, Explanation } from '../../detect/explain.ts';
import type { Logsource, Rule } from '../../detect/rule.ts';

/** Longest value shown, in characters. */
const longest = 200;

/** An explanation as lines for a terminal: ✓ holds, ✗ does not; each tested field with what the event has there. */
export function renderExplanation(rule: Rule, { matches, pipeline, logsources, forIt, condition }: Explanation): string {
  const head = `${rule.title}${rule.author ? `, by ${rule.author}` : ''}: ${matches ? 'matches' : 'does not match'}`;
  const of = logsources.map(logsourceText).join('; ');
  const known = pipeline === undefined ? '' : ` (${pipeline})`;
  const event = of === '' ? 'of no log source that is known; --logsource says what it is' : `of ${of}${known}`;
  const fits = `${forIt ? '✓' : '✗'} the rule is for ${logsourceText(rule.logsource)}, the event is ${event}`;
  return `${[head, fits, ...linesOf(condition, 0)].join('\n')}\n`;
}

function logsourceText({ product, category, service }: Logsource): string {
  return [product, category, service].filter((part) => part !== undefined).join('/');
}

function linesOf({ holds, text, of, ...rest }: Explained, depth: number): string[] {
  const has = 'values' in rest ? `, and it is ${valueText(rest.values)}` : '';
  const line = `${'  '.repeat(depth)}${holds ? '✓' : '✗'} ${text}${has}`;
  return [line, ...of.flatMap((one) => linesOf(one, depth + 1))];
}

function valueText(values: readonly unknown[] | undefined): string {
  if (values === undefined) return 'not there';
  const text = values.map((value) => JSON.stringify(value)).join(', ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text || 'an empty list';
}
