/** The JSON values of a text that holds several: one after the other, or an array of them; each as its own text. */
export function* jsonValues(text: string): Generator<string> {
  let at = skipSpace(text, 0);
  const listed = text[at] === '[';
  if (listed) at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== ']') {
    const end = valueEnd(text, at);
    yield text.slice(at, end);
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  if (!listed) return;
  const rest = skipSpace(text, at + 1);
  if (rest < text.length) yield* jsonValues(text.slice(rest));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n\uFEFF'.includes(text.charAt(at))) at += 1;
  return at;
}

/** Where the value at `start` ends, by counting brackets outside strings; the end of the text when it does not. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"') {
      i += 1;
      while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
    } else if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') {
      depth -= 1;
      if (depth <= 0) return depth < 0 ? i : i + 1;
    } else if (depth === 0 && (c === ',' || c === '\n')) return i;
  }
  return text.length;
}
