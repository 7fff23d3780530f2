import { readTime } from '../fields/read-time.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clf = /^(\d{1,2})\/([a-z]{3})\/(\d{4}):(\d\d:\d\d:\d\d)(?: ([+-]\d{4}))?$/i;
const apacheError = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d\d:\d\d:\d\d)(?:\.\d{1,9})? (\d{4})$/i;

/** The time of a web server's log, in any form it is written in; without a zone it is read as UTC. */
export function readLogTime(text: string): Date | undefined {
  const [, day, name, year, time, zone = '+0000'] = clf.exec(text) ?? [];
  if (day !== undefined) return dated(year, name, day, `${time}${zone}`);
  const [, month, date, clock, error] = apacheError.exec(text) ?? [];
  if (month !== undefined) return dated(error, month, date, `${clock}+0000`);
  return readTime(text.replace(/^(\d{4})\/(\d\d)\/(\d\d) /, '$1-$2-$3 '));
}

function dated(year = '', name = '', day = '', time: string): Date | undefined {
  const month = String(months.indexOf(name.toLowerCase()) + 1).padStart(2, '0');
  return readTime(`${year}-${month}-${day.trim().padStart(2, '0')} ${time}`);
}
