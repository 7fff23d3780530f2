import { sha256 } from '../../domain/canonical.ts';
import { normalize } from '../../normalize/normalize.ts';
import { loadPlugins } from '../../plugins.ts';
import type { Source } from '../../sources/source.ts';
import type { CliCommand } from '../command.ts';
import { readLines } from '../read-lines.ts';

export const command: CliCommand = {
  name: 'normalize',
  summary: 'read records of a product, write alerts with their OCSF findings, or events',
  usage: `yagura normalize SOURCE [FILE...]

Reads NDJSON records of files or standard input and writes one alert a line; of a source of raw events one event a line,
as rules see it, with what is read out of it. A record that cannot be read becomes an alert that says so (rule
parse-error) and is named on standard error. Exit code 1 when there was one, 2 for an unknown SOURCE or an unreadable file.`,
  async run([name = '', ...files], { stdin, stdout, stderr }) {
    const sources = await loadPlugins<Source>(new URL('../../sources/', import.meta.url), ['source']);
    if (!sources.has(name)) {
      stderr.write(`yagura normalize: no source "${name}". There are: ${[...sources.keys()].join(', ')}\n`);
      return 2;
    }
    const receivedAt = new Date();
    let unreadable = 0;
    for await (const { text, place } of readLines(files, stdin)) {
      const content = Buffer.from(text);
      const raw = { id: sha256(content).slice(0, 16), source: name, content, receivedAt, origin: null };
      const { alerts, events } = normalize(raw, sources);
      for (const { event, logsource, time, facts } of events)
        stdout.write(`${JSON.stringify({ event, logsource, time, ...facts() })}\n`);
      for (const alert of alerts) {
        if (alert.rule === 'parse-error') {
          unreadable += 1;
          stderr.write(`${place}: ${alert.quoted[0]?.value ?? 'cannot be read'}\n`);
        }
        stdout.write(`${JSON.stringify(alert)}\n`);
      }
    }
    return unreadable > 0 ? 1 : 0;
  },
};
