import { RegexRefusal } from './regex-tree.ts';

/** A place in the source of a regular expression that moves on as it is read, in UTF-16 units. */
export class RegexReader {
  at = 0;
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  get over(): boolean {
    return this.at >= this.source.length;
  }

  /** The code point that comes next, or nothing at the end. */
  peek(): string {
    const point = this.source.codePointAt(this.at);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  next(): string {
    const char = this.peek();
    this.at += char.length;
    return char;
  }

  /** Passes over the text if it comes next. */
  take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Passes over what a sticky pattern matches here, and returns it with its groups. */
  match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.source) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  refuse(what: string, at: number = this.at): never {
    throw new RegexRefusal(what, at);
  }
}
