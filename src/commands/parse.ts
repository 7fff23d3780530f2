import type { ParsedCommand } from '../domain/comment-command.ts';

/** Commands one comment may carry. */
export const commandLimit = 20;

/** Longest comment that is read for commands, in characters. */
const bodyLimit = 65_536;

/**
 * The commands of a comment: one a line, at the line's start, outside code fences, indented code, quotes and hidden
 * HTML comments, since people quote and paste what others wrote. Full-width signs read as half-width (NFKC).
 */
export function parseCommands(body: string): ParsedCommand[] {
  const found: ParsedCommand[] = [];
  let fence: string | undefined;
  let hidden = false;
  for (const [index, raw] of body
    .slice(0, bodyLimit)
    .split(/\r\n|\r|\n/)
    .entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
    if (fence !== undefined) {
      if (mark && mark[0] === fence[0] && mark.length >= fence.length && raw.trim() === mark) fence = undefined;
      continue;
    }
    if (hidden) {
      hidden = !raw.includes('-->');
      continue;
    }
    if (mark) {
      fence = mark;
      continue;
    }
    if (raw.includes('<!--') && !raw.includes('-->', raw.indexOf('<!--'))) hidden = true;
    const line = raw.normalize('NFKC').trimEnd();
    const match = /^\/([a-z][a-z-]{0,30})(?:\s+(.*))?$/i.exec(line);
    if (!match?.[1]) continue;
    found.push({
      line: index + 1,
      name: match[1].toLowerCase(),
      rest: (match[2] ?? '').trim(),
      text: line.slice(0, 300),
    });
    if (found.length >= commandLimit) break;
  }
  return found;
}
