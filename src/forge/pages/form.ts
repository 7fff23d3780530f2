/** The fields of a posted form. */
export interface Form {
  /** A field's text with `\n` line ends; empty when it is missing. */
  text(name: string): string;
  /** All values of a field. */
  all(name: string): string[];
}

/** Reads `application/x-www-form-urlencoded`. */
export function parseForm(body: string): Form {
  const fields = new URLSearchParams(body);
  const plain = (value: string) => value.replace(/\r\n?/g, '\n');
  return {
    text: (name) => plain(fields.get(name) ?? ''),
    all: (name) => fields.getAll(name).map(plain),
  };
}
