import { html } from './text.ts';

/** A folded section; `summary` is one line. */
export function fold(summary: string, body: string): string {
  return `<details><summary>${html(summary)}</summary>\n\n${body}\n\n</details>`;
}
