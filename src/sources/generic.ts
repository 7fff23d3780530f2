import { z } from 'zod';
import { type AlertKind, alertKinds } from '../domain/alert.ts';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { type AlertEntity, entityTypes } from '../domain/entity.ts';
import { everyLanguage } from '../domain/locale.ts';
import { type Severity, severityOfId } from '../domain/severity.ts';
import { unreadableWords } from '../messages/unreadable.ts';
import { type EntityClaim, entityList } from '../normalize/entity-list.ts';
import { finding } from '../normalize/finding.ts';
import { observables } from '../normalize/observables.ts';
import { readSeverity } from './fields/read-severity.ts';
import { readTime } from './fields/read-time.ts';
import type { AlertSource } from './source.ts';

/** Where products put a title, best first. */
const titleNames = [
  'title',
  'alert_name',
  'alertname',
  'rule_name',
  'name',
  'rule',
  'alert',
  'summary',
  'message',
  'msg',
];
const ruleNames = ['rule_id', 'rule', 'rule_name', 'signature_id', 'check', 'type'];
const timeNames = ['time', 'timestamp', '@timestamp', 'event_time', 'created_at', 'date', 'ts'];
const idNames = ['id', 'uid', 'uuid', 'alert_id', 'event_id'];
const severityNames = ['severity', 'level', 'priority'];
const descriptionNames = ['description', 'desc', 'details', 'message', 'summary', 'msg'];
const linkNames = ['link', 'url', 'html_url'];

const listedEntity = z.looseObject({ type: z.enum(entityTypes), value: z.string(), role: z.string().optional() });

type Fields = Record<string, unknown>;

function isFields(record: unknown): record is Fields {
  return record !== null && typeof record === 'object' && !Array.isArray(record);
}

/** The first of `names` that holds text, or the `name`, `title` or `id` of an object found there. */
function first(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
    if (isFields(value)) {
      const inner = ['name', 'title', 'id']
        .map((key) => value[key])
        .find((v) => typeof v === 'string' && v.trim() !== '');
      if (typeof inner === 'string') return inner;
    }
  }
  return undefined;
}

/** Entities the sender lists itself as `{type, value, role}` under `entities`. */
function listed(fields: Fields): EntityClaim[] {
  const items = Array.isArray(fields.entities) ? fields.entities.slice(0, 200) : [];
  return items.flatMap((item): EntityClaim[] => {
    const parsed = listedEntity.safeParse(item);
    return parsed.success ? [[parsed.data.type, parsed.data.value, parsed.data.role ?? parsed.data.type]] : [];
  });
}

function severity(fields: Fields): Severity {
  const id = fields.severity_id;
  return typeof id === 'number' ? severityOfId(id) : readSeverity(first(fields, severityNames));
}

function kindOf(fields: Fields): AlertKind {
  return alertKinds.find((kind) => kind === fields.kind) ?? 'threat';
}

/** Strings among `names` that are a list: techniques as `T1059`, alone or in a list. */
function techniques(fields: Fields): string[] {
  const given = [fields.techniques, fields.technique, fields.mitre_techniques, fields.tags].flat();
  return given.filter((value): value is string => typeof value === 'string').map((value) => value.toUpperCase());
}

/** What two repeats share: the typed entities; what is found in text may differ by a time or a counter. */
function fingerprint(entities: AlertEntity[]): string[] {
  return entities
    .filter((e) => e.from === 'field')
    .map((e) => `${e.type}:${e.value}`)
    .sort()
    .slice(0, 8);
}

function link(fields: Fields): string | undefined {
  const value = first(fields, linkNames);
  return value !== undefined && /^https:\/\//.test(value) && URL.canParse(value) ? value : undefined;
}

/** Any JSON object with a title, for products without a file of their own. */
export const generic: AlertSource = {
  name: 'generic',
  product: { vendor: 'Generic', name: 'Generic JSON' },

  eventId(record) {
    const id = isFields(record) ? first(record, idNames) : undefined;
    // Some products give every occurrence of a finding one id; the time tells those from the same record sent again.
    return id === undefined || !isFields(record) ? undefined : `${id}@${first(record, timeNames) ?? ''}`;
  },

  parse(record, { receivedAt }) {
    if (!isFields(record)) return { error: unreadableWords.table.notObject };
    const title = first(record, titleNames);
    if (title === undefined)
      return { error: everyLanguage((language) => unreadableWords(language).noTitle(titleNames.join(', '))) };
    const { entities: _, ...rest } = record;
    const entities = entityList(listed(record), observables(rest));
    const description = first(record, descriptionNames);
    return [
      finding({
        kind: kindOf(record),
        source: 'generic',
        vendor: first(record, ['vendor']) ?? 'Generic',
        product: first(record, ['product']) ?? 'Generic JSON',
        uid: first(record, idNames) ?? sha256(canonicalJson(record)).slice(0, 32),
        title,
        description,
        rule: first(record, ruleNames) ?? title.slice(0, 256),
        severity: severity(record),
        time: timeNames.map((name) => readTime(record[name])).find((time) => time !== undefined) ?? receivedAt,
        entities,
        techniques: techniques(record),
        quoted: [
          ['title', title],
          ['description', description === title ? undefined : description],
          ['severity', first(record, severityNames)],
        ],
        fingerprint: fingerprint(entities),
        subject: kindOf(record) === 'threat' ? [] : [`generic:${first(record, idNames) ?? title}`],
        link: link(record),
        class: 2004,
        attributes: { is_alert: true },
      }),
    ];
  },
};
