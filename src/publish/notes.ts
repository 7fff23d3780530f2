import { type Language, languages } from '../domain/locale.ts';
import { issueWords } from '../messages/issue.ts';

/** How the section begins, in every language: a body may have been written in another than is in force now. */
const notesStarts: string[] = languages.map((language) => issueWords(language).notes);
const notesEnd = '<!-- yagura:notes-end -->';

/** The section of an issue that belongs to people; what they write there is kept through every edit. */
export function notesSection(notes: string, language: Language): string {
  const notesStart = issueWords(language).notes;
  return notes === '' ? `${notesStart}\n\n${notesEnd}` : `${notesStart}\n\n${notes}\n\n${notesEnd}`;
}

/**
 * What stands in the Notes section of a body; undefined when the section is not there. Both signs count only as whole
 * lines: text of alerts never fills one. People may write the end themselves, so the last one is meant.
 */
export function notesOf(body: string): string | undefined {
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  const from = lines.findIndex((line) => notesStarts.includes(line));
  const to = lines.lastIndexOf(notesEnd);
  if (from < 0 || to < from) return undefined;
  return lines
    .slice(from + 1, to)
    .join('\n')
    .trim();
}
