/** What stands at a place of a JSON text: the name of a field, or a value. */
export type JsonPlace = 'name' | 'text' | 'number';

/**
 * What a text becomes; the same text leaves its bytes alone. `names` are the fields it stands in, outermost first, and
 * only good until this returns.
 */
export type ChangeText = (text: string, names: readonly string[], place: JsonPlace) => string;

const token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]]|-?\d[\d.eE+-]*/g;

/**
 * Valid JSON with its texts, names and numbers changed one by one, and every other byte as it was: nothing is parsed and
 * written anew, so no long number loses its digits and no name that stands twice is lost. What is changed is a text
 * afterwards, a number too. Takes time in proportion to its length.
 */
export function changeJsonTexts(json: string, change: ChangeText): string {
  const names: string[] = [];
  const opened: ('object' | 'list')[] = [];
  let out = '';
  let copied = 0;
  for (const { 0: found, index } of json.matchAll(token)) {
    const end = index + found.length;
    const sign = found.charAt(0);
    if (sign === '{' || sign === '[') {
      opened.push(sign === '{' ? 'object' : 'list');
      if (sign === '{') names.push('');
      continue;
    }
    if (sign === '}' || sign === ']') {
      if (opened.pop() === 'object') names.pop();
      continue;
    }
    const text = sign !== '"' ? found : found.includes('\\') ? (JSON.parse(found) as string) : found.slice(1, -1);
    const isName = sign === '"' && opened.at(-1) === 'object' && nextSign(json, end) === ':';
    const changed = change(text, names, isName ? 'name' : sign === '"' ? 'text' : 'number');
    if (isName) names[names.length - 1] = text;
    if (changed === text) continue;
    out += json.slice(copied, index) + JSON.stringify(changed);
    copied = end;
  }
  return copied === 0 ? json : out + json.slice(copied);
}

function nextSign(json: string, from: number): string {
  let at = from;
  while (at < json.length && ' \t\r\n'.includes(json.charAt(at))) at += 1;
  return json.charAt(at);
}

/** Whether a text is a JSON object or list. */
export function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
