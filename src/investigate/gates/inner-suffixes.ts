/** Suffixes of inside networks and reserved names, which are not on the list of public suffixes. */
export const innerSuffixes: ReadonlySet<string> = new Set(
  'internal local corp lan home intranet private localdomain localhost arpa test example invalid svc cluster onion'.split(
    ' ',
  ),
);
