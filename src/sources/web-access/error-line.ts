/** A line of a web server's error log. */
export interface ErrorLine {
  server: 'apache' | 'nginx';
  fields: Record<string, string>;
  /** As written. */
  time: string;
}

const apache =
  /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4})\] \[([\w-]{0,40}:)?([a-z\d]{1,12})\] /;
const nginx = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[([a-z]{1,12})\] \d{1,10}#\d{1,10}: /;
const client = /\[client ([^\]\s]{1,80})\]|, client: ([^\s,]{1,80})/;

/** Reads a line of Apache's or nginx' error log; undefined when it is neither. */
export function errorLine(line: string): ErrorLine | undefined {
  const start = line.slice(0, 200);
  const a = apache.exec(start);
  const n = a === null ? nginx.exec(start) : null;
  const [whole, time = '', ...rest] = a ?? n ?? [];
  if (whole === undefined) return undefined;
  const found = client.exec(line.slice(0, 4_096));
  const from = found?.[1] ?? found?.[2];
  return {
    server: a === null ? 'nginx' : 'apache',
    time,
    fields: {
      message: line,
      level: rest.at(-1) ?? '',
      ...(from === undefined ? {} : { 'c-ip': from }),
    },
  };
}
