import type { AlertKind, ParsedAlert, QuotedField, VulnerablePlace } from '../domain/alert.ts';
import type { Titled } from '../domain/alert-title.ts';
import { type Attribution, toFindingInfo } from '../domain/attribution.ts';
import { cutText } from '../domain/cut.ts';
import type { AlertEntity, EntityType } from '../domain/entity.ts';
import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import { type Severity, severityId } from '../domain/severity.ts';
import { titleWords } from '../messages/titles.ts';
import { defined } from './defined.ts';
import type { Attack, Observable } from './ocsf/objects.ts';
import { ocsfCaption, ocsfSchema, ocsfVersion } from './ocsf/schema.ts';
import type { OcsfFinding } from './ocsf/types.ts';

const longestTitle = 256;
const longestText = 4096;
const longestQuote = 500;
const longestWhy = 300;
const longestPart = 200;

type VulnerablePlaceDraft = { [Key in keyof VulnerablePlace]: VulnerablePlace[Key] | undefined } & Pick<
  VulnerablePlace,
  'by' | 'repository' | 'package'
>;

/** A field worth reading; by language, where the words are Yagura's. */
export type Quote = readonly [name: string, value: unknown, values?: EveryLanguage];

/** What a source knows of an alert; the rest of the alert and of its OCSF event follows from it. */
export interface FindingDraft {
  kind: AlertKind;
  source: string;
  vendor: string;
  product: string;
  /** The product's own id of this finding, or a hash of the record when it has none. */
  uid: string;
  /** The product's own, or in every language where Yagura gives it one. */
  title: string | EveryLanguage;
  description?: string | undefined;
  rule: string;
  severity: Severity;
  time: Date;
  entities: AlertEntity[];
  techniques?: string[] | undefined;
  quoted: readonly Quote[];
  fingerprint: string[];
  subject?: string[];
  link?: string | undefined;
  lifecycle?: ParsedAlert['lifecycle'] | undefined;
  /** Who and why; left out without `lifecycle`. */
  lifecycleWhy?: string | undefined;
  /** It only says anew what was told before. */
  update?: boolean;
  /** Undefined values are left out. */
  place?: VulnerablePlaceDraft;
  /** Whose detection rule it is of, when one made it. */
  attribution?: Attribution;
  class: OcsfFinding['class_uid'];
  /** Attributes of the OCSF class beside those made of the above. */
  attributes?: Partial<OcsfFinding>;
}

/** The OCSF `observable.type_id` of each entity type; containers and cloud resources are resource ids. */
const observableTypes: Record<EntityType, number> = {
  ip: 2,
  domain: 1,
  url: 6,
  file_hash: 8,
  process: 9,
  host: 1,
  container: 10,
  cloud_resource: 10,
  user: 4,
  email: 5,
};

/** OCSF activity: 1 create, 2 update, 3 close. */
const activities = { fixed: 3, dismissed: 3, reopened: 2 } as const;

/** The alert of a draft, with a valid OCSF event. Pure. */
export function finding(draft: FindingDraft): ParsedAlert {
  const named = titled(draft);
  const techniques = [...new Set(draft.techniques?.filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id)) ?? [])];
  return {
    kind: draft.kind,
    source: draft.source,
    product: draft.product,
    ...named,
    rule: draft.rule,
    severity: draft.severity,
    time: draft.time,
    entities: draft.entities,
    techniques,
    quoted: quotedFields(draft.quoted),
    fingerprint: draft.fingerprint,
    subject: draft.subject ?? [],
    ...(draft.link === undefined ? {} : { link: draft.link }),
    ...(draft.lifecycle === undefined ? {} : { lifecycle: draft.lifecycle }),
    ...whyOf(draft),
    ...(draft.update ? { update: true as const } : {}),
    ...(draft.place === undefined ? {} : { place: placeOf(draft.place) }),
    ...(draft.attribution === undefined ? {} : { attribution: draft.attribution }),
    ocsf: { ...ocsfEvent({ ...draft, title: named.title, techniques }) },
  };
}

function titled({ title, rule }: FindingDraft): Titled {
  const short = (text: string) => cutText(oneLine(text), longestTitle);
  const products = typeof title === 'string' ? short(title) || rule : '';
  if (products !== '') return { title: products };
  const titles = everyLanguage((language) =>
    typeof title === 'string' ? titleWords(language).untitled : short(title[language]),
  );
  return { title: titles.en, titles };
}

function whyOf({ lifecycle, lifecycleWhy = '' }: FindingDraft): Pick<ParsedAlert, 'lifecycleWhy'> {
  const why = cutText(oneLine(lifecycleWhy), longestWhy);
  return lifecycle === undefined || why === '' ? {} : { lifecycleWhy: why };
}

function placeOf(place: NonNullable<FindingDraft['place']>): VulnerablePlace {
  const short = Object.entries(place).map(([key, value]) => [
    key,
    typeof value === 'string' ? oneLine(value).slice(0, longestPart) || undefined : value,
  ]);
  return { ...defined<Record<string, unknown>>(Object.fromEntries(short)), ...requiredOf(place) };
}

function requiredOf({ by, repository, package: name }: VulnerablePlaceDraft) {
  return { by, repository: oneLine(repository).slice(0, longestPart), package: oneLine(name).slice(0, longestPart) };
}

function ocsfEvent(draft: FindingDraft & { title: string }): OcsfFinding {
  const activity = draft.lifecycle === undefined ? (draft.update ? 2 : 1) : activities[draft.lifecycle];
  const className = ocsfSchema.classes.get(String(draft.class))?.caption ?? '';
  const severity = severityId(draft.severity);
  const activityName = ocsfCaption(String(draft.class), 'activity_id', activity);
  return defined<OcsfFinding>({
    ...draft.attributes,
    activity_id: activity,
    activity_name: activityName,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: draft.class,
    class_name: className,
    type_uid: draft.class * 100 + activity,
    type_name: `${className}: ${activityName ?? ''}`,
    severity_id: severity,
    severity: ocsfCaption(String(draft.class), 'severity_id', severity),
    time: draft.time.getTime(),
    message: draft.title,
    metadata: { version: ocsfVersion, product: { name: draft.product, vendor_name: draft.vendor }, uid: draft.uid },
    finding_info: defined({
      uid: draft.uid,
      title: draft.title,
      desc: draft.description === undefined ? undefined : cutText(draft.description, longestText),
      types: draft.rule === '' ? undefined : [draft.rule],
      src_url: draft.link,
      ...(draft.attribution === undefined ? {} : toFindingInfo(draft.attribution)),
      attacks: draft.techniques?.map((uid): Attack => ({ technique: { uid } })),
    }),
    observables: draft.entities.map(observable),
  } as OcsfFinding);
}

function observable(entity: AlertEntity): Observable {
  const type = observableTypes[entity.type];
  return defined<Observable>({ type_id: type, type: ocsfCaption('observable', 'type_id', type), value: entity.value });
}

function quotedFields(fields: FindingDraft['quoted']): QuotedField[] {
  return fields.flatMap(([name, value, own]) => {
    const text = value === undefined || value === null ? '' : quotedText(String(value));
    if (text === '') return [];
    return [{ name, value: text, ...(own && { values: everyLanguage((language) => quotedText(own[language])) }) }];
  });
}

function quotedText(value: string): string {
  const text = oneLine(value);
  return text.length > longestQuote ? `${cutText(text, longestQuote)}…` : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
