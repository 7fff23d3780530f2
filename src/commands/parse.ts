import type { ParsedCommand } from '../domain/comment-command.ts';
import { cutText } from '../domain/cut.ts';

/** Commands of one comment that are run. */
export const commandLimit = 20;

/** Longest comment that is read for commands, in characters. */
const bodyLimit = 65_536;

/**
 * The commands of a comment: one a line, at the line's start, outside code (fenced, indented, `<pre>`), quotes and
 * hidden HTML comments, since people quote and paste what others wrote. Full-width signs, the slash and
 * spaces among them, read as half-width (NFKC): an input method leaves them there.
 * At most one more than `commandLimit`, so that the comment can be told of the rest.
 */
export function parseCommands(body: string): ParsedCommand[] {
  const found: ParsedCommand[] = [];
  const lines = body.slice(0, bodyLimit).split(/\r\n|\r|\n/);
  let open: Region | undefined;
  for (const [index, raw] of lines.entries()) {
    if (open) {
      if (open.endsWith(raw)) open = undefined;
      continue;
    }
    open = opened(raw);
    const command = open instanceof Fence ? undefined : commandOf(raw, index + 1);
    if (command) found.push(command);
    if (found.length > commandLimit) break;
  }
  return found;
}

function commandOf(raw: string, line: number): ParsedCommand | undefined {
  const text = raw.normalize('NFKC').trimEnd();
  const match = /^\/([a-z][a-z-]{0,30})(?:\s+(.*))?$/i.exec(text);
  if (!match?.[1]) return undefined;
  return { line, name: match[1].toLowerCase(), rest: (match[2] ?? '').trim(), text: cutText(text, 300) };
}

/** Lines that are not read, until one that ends them. */
interface Region {
  endsWith(line: string): boolean;
}

/** A code fence, which may stand in a list; only a fence of the same sign, at least as long, ends it. */
class Fence implements Region {
  readonly #mark: string;

  constructor(mark: string) {
    this.#mark = mark;
  }

  endsWith(line: string): boolean {
    const mark = line.trim();
    return mark.length >= this.#mark.length && mark === (this.#mark[0] ?? '').repeat(mark.length);
  }
}

/** The region a line opens and leaves open. */
function opened(line: string): Region | undefined {
  const fence = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)]) +)*(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line);
  const mark = fence?.[1] ?? fence?.[2];
  if (mark !== undefined) return new Fence(mark);
  if (isOpenComment(line)) return { endsWith: (next) => next.includes('-->') };
  const block = /^ {0,3}<(pre|script|style|textarea)(?=[\s>]|$)/i.exec(line)?.[1]?.toLowerCase();
  if (block === undefined || line.toLowerCase().includes(`</${block}>`)) return undefined;
  return { endsWith: (next) => next.toLowerCase().includes(`</${block}>`) };
}

/** Whether the last HTML comment that begins in a line does not end in it. */
function isOpenComment(line: string): boolean {
  const start = line.lastIndexOf('<!--');
  return start >= 0 && !line.includes('-->', start + 2);
}
