import type { Explained } from './explain.ts';

/** Characters of a value that are shown. */
const longest = 80;
/** Parts of a choice that are named one by one. */
const few = 2;

/** What keeps a condition from holding, as one clause; the first thing found where there are several. */
export function blame(node: Explained): string {
  const [first] = node.of;
  if (!first) return `${node.text} is false${seen(node)}`;
  if (node.text === 'not') return `${nameOf(first)} holds, and must not`;
  if (node.text === 'all of') return blame(node.of.find((one) => !one.holds) ?? first);
  const choice = node.text === 'any of' || node.text.startsWith('at least');
  // What is neither is a selection by its name.
  if (!choice) return `${node.text}: ${blame(first)}`;
  const failing = node.of.filter((one) => !one.holds);
  if (node.of.length <= few) return failing.map(blame).join('; ');
  const count = failing.length === node.of.length ? 'none' : `only ${node.of.length - failing.length}`;
  return `${count} of ${node.of.length} choices holds, the first that does not: ${blame(failing[0] ?? first)}`;
}

function nameOf(node: Explained): string {
  const [first, ...others] = node.of;
  if (!first || !['all of', 'any of', 'not'].includes(node.text)) return node.text;
  return node.text === 'not' ? `not ${nameOf(first)}` : `${nameOf(first)}${others.length > 0 ? ' …' : ''}`;
}

/** What the field of a test is instead; nothing for a keyword, which looks at all of them. */
function seen(node: Explained): string {
  if (!('values' in node)) return '';
  if (node.values === undefined) return ', the event has no such field';
  const text = node.values.map((value) => JSON.stringify(value)).join(', ');
  return `, it is ${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}`;
}
