/** The section of an issue that belongs to people; what they write there is kept through every edit. */
const notesStart = '**Notes** (yours; kept through every edit)';
const notesEnd = '<!-- yagura:notes-end -->';

/** The section as it is rendered. */
export function notesSection(notes: string): string {
  return notes === '' ? `${notesStart}\n\n${notesEnd}` : `${notesStart}\n\n${notes}\n\n${notesEnd}`;
}

/**
 * What stands in the Notes section of a body; undefined when the section is not there. Both signs count only as whole
 * lines: text of alerts never fills one. People may write the end themselves, so the last one is meant.
 */
export function notesOf(body: string): string | undefined {
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  const from = lines.indexOf(notesStart);
  const to = lines.lastIndexOf(notesEnd);
  if (from < 0 || to < from) return undefined;
  return lines
    .slice(from + 1, to)
    .join('\n')
    .trim();
}
