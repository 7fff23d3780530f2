import { loadPlugins } from '../../src/plugins.ts';
import type { Source } from '../../src/sources/source.ts';

const ways: Record<string, string> = {
  github: "the app's webhooks (Dependabot, secret scanning, code scanning), without any set-up; or `POST`",
  report: 'an issue written with the form "Report something suspicious", or `/adopt` on any issue; or `POST`',
};

/** `docs/sources.md`: the list `GET /ingest` answers with, and how to send. */
export async function sourcesPage(): Promise<string> {
  const sources = await loadPlugins<Source>(new URL('../../src/sources/', import.meta.url), ['source']);
  const rows = [...sources.values()].map((source) => {
    const { name, product } = source;
    const what = 'read' in source ? 'events' : 'alerts';
    return `| \`${name}\` | ${product.vendor} | ${product.name} | ${what} | ${ways[name] ?? '`POST`'} |`;
  });
  return [...head, ...rows, '', ...rest, ''].join('\n');
}

const head = [
  '<!-- Written by `npm run docs`; the table is what GET /ingest answers. -->',
  '',
  '# Sources',
  '',
  '`POST /ingest/<source>` takes the records of a product. One file a product in `src/sources`; `GET /ingest` lists them.',
  '',
  '| source | vendor | product | holds | how it comes in |',
  '| --- | --- | --- | --- | --- |',
];

const rest = [
  '## Sending',
  '',
  "- **Who**: `Authorization: Bearer <token>`, the ingest token or the source's own (`YAGURA_INGEST_TOKEN_<SOURCE>`).",
  '- **What**: one JSON object or an array (`application/json`), or one object a line (`application/x-ndjson`), plain or with',
  '  `Content-Encoding: gzip` or `zstd`. At most 25 MB, before and after decompression. Sources of log lines also take the lines',
  '  themselves (`text/plain`).',
  '- **Once**: the same record again is a repeat, not a second alert. It is known by `Idempotency-Key` and its place in the',
  "  body, else by the product's own id, else by its bytes within 24 hours.",
  '',
  '| answer | means |',
  '| --- | --- |',
  '| `202` `{"accepted", "duplicates", "ids"}` | on disk; `ids[k]` belongs to record k |',
  '| `401` | the token is wrong or missing |',
  '| `404` | no such source; the answer names those there are |',
  '| `413`, `415` | too large; not a content type or encoding that is read |',
  '| `422` and `errors` | these records are not readable, by index; the others are kept |',
  '| `429` and `retry-after` | the inbox is full: send it again then |',
  '| `500` | not stored: send it again |',
  '',
  'A record that is stored but cannot be understood is not lost and not silent: it becomes an issue that says so.',
  '',
  'A source of **alerts** makes an alert of each record. A source of **events** keeps each record, and only what a Sigma rule of',
  'the config repository matches becomes an alert.',
  '',
  '## Falco',
  '',
  'Let `falcosidekick` (or `http_output`) send each alert:',
  '',
  '```yaml',
  'webhook:',
  '  address: https://YOUR-HOST/ingest/falco',
  '  customHeaders: { Authorization: Bearer TOKEN }',
  '```',
  '',
  '## Amazon GuardDuty',
  '',
  'An EventBridge rule for `"detail-type": ["GuardDuty Finding"]` with an API destination `https://YOUR-HOST/ingest/guardduty`',
  'and a connection that sends the header `Authorization: Bearer TOKEN`. SNS and Lambda envelopes are read too.',
  '',
  '## AWS CloudTrail',
  '',
  'Files of a trail (`{"Records": […]}`), single events, EventBridge, SNS and CloudWatch Logs envelopes. A record has at most',
  '1 MiB: send larger files as `jq -c ".Records[]" | POST` with `application/x-ndjson`.',
  '',
  '## Windows and Sysmon',
  '',
  'JSON of winlogbeat, NXLog and other shippers that write flat fields, or of `evtx_dump`: any channel.',
  '',
  '## auditd and web server logs',
  '',
  'Lines as they stand in the file (`text/plain`), or as a shipper of lines sends them: JSON with the line in `message`, `log` or',
  '`line`. A shipper names the host beside (`host.name`, `hostname`); auditd does with `name_format = HOSTNAME`. Without it',
  'what happens on one machine is not known to be together.',
  '',
  'The records of one audit event are looked at one by one, and together as a process that was started, a connection or a file',
  'that was made. They are put together when they come soon after one another: in one request, or in several that wait to be',
  'worked off. The parent program is not in the audit log, so rules about it match nothing.',
  '',
  '`web-access` reads the common and combined formats of Apache and nginx, with or without a virtual host before, JSON with the',
  'usual keys, and error logs.',
  '',
  '## Anything else',
  '',
  '`generic` takes any JSON object with a title. These fields are read, the first that is there; all the rest is searched for',
  'addresses, domains, hashes, hosts, users and so on, defanged ones included.',
  '',
  '| what | names |',
  '| --- | --- |',
  '| title (must be there) | `title`, `alert_name`, `alertname`, `rule_name`, `name`, `rule`, `alert`, `summary`, `message`, `msg` |',
  '| severity | `severity`, `level`, `priority` as word or number; `severity_id` of OCSF |',
  '| time | `time`, `timestamp`, `@timestamp`, `event_time`, `created_at`, `date`, `ts` |',
  '| id | `id`, `uid`, `uuid`, `alert_id`, `event_id` |',
  '| kind | `kind`: `threat`, `vulnerability`, `leaked-secret`, `misconfiguration`, `advisory` |',
  '| entities | `entities`: a list of `{"type", "value", "role"}` |',
  '| techniques | `techniques`, `technique`, `mitre_techniques`, `tags` with ATT&CK ids |',
];
