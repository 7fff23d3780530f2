import type { Explained, Explanation } from '../../detect/explain.ts';
import type { Logsource, Rule } from '../../detect/rule.ts';

/** Longest value shown, in characters. */
const longest = 200;

/** Values shown of a list that all say the same. */
const mostValues = 5;

/** An explanation as lines for a terminal: ✓ holds, ✗ does not; each tested field with what the event has there. */
export function renderExplanation(
  rule: Rule,
  { matches, pipeline, logsources, forIt, condition }: Explanation,
): string {
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

function linesOf(node: Explained, depth: number): string[] {
  const { holds, text, of } = node;
  const indent = '  '.repeat(depth);
  const has = 'values' in node ? `, and it is ${valueText(node.values)}` : '';
  const line = `${indent}${holds ? '✓' : '✗'} ${text}${has}`;
  const field = oneField(of);
  if (field === undefined) return [line, ...of.flatMap((one) => linesOf(one, depth + 1))];
  // A list of values of one field: what it is stands once, and of many only those that tell something.
  const telling = of.filter((one) => one.holds === holds);
  const shown = telling.slice(0, mostValues).map((one) => `${indent}  ${one.holds ? '✓' : '✗'} ${one.text}`);
  const more = of.length - shown.length;
  return [
    `${line} (${field} is ${valueText(of[0]?.values)})`,
    ...shown,
    ...(more > 0 ? [`${indent}  … and ${more} more value${more === 1 ? '' : 's'}`] : []),
  ];
}

/** The field that all of several tests are of. */
function oneField(of: readonly Explained[]): string | undefined {
  if (of.length < 2 || !of.every((one) => one.of.length === 0 && 'values' in one)) return undefined;
  const [first = '', ...others] = of.map(({ text }) => text.slice(0, text.indexOf(' ')));
  return others.every((field) => field === first) ? first : undefined;
}

function valueText(values: readonly unknown[] | undefined): string {
  if (values === undefined) return 'not there';
  const text = values.map((value) => JSON.stringify(value)).join(', ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text || 'an empty list';
}
