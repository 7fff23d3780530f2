/** A GraphQL-style id: stable, opaque, distinct per kind (`I_…`, `R_…`). */
export function nodeId(prefix: string, id: number | string): string {
  return `${prefix}_${Buffer.from(String(id)).toString('base64url')}`;
}
