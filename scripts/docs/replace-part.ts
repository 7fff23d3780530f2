/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced; throws when it has no such place. */
export function replacePart(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`There is no place for ${name}: ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${part.trim()}\n\n${text.slice(to)}`;
}
