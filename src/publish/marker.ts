/** Hidden line by which our own app finds again what it wrote; trusted only in texts of our own app. */
export function marker(kind: string, key: string): string {
  return `<!-- yagura:v1 ${kind}=${key.replace(/[^A-Za-z0-9_:.-]/g, '_')} -->`;
}

/**
 * Whether a body carries this marker. It is the last line that looks like one: text of alerts can quote a marker but
 * never fills a line, and what people write into Notes stands above ours.
 */
export function hasMarker(body: string, kind: string, key: string): boolean {
  const last = body.split(/\r?\n/).findLast((line) => /^<!-- yagura:v1 \S+ -->$/.test(line));
  return last === marker(kind, key);
}
