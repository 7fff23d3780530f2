import type { AlertKind } from '../domain/alert.ts';
import { fromFindingInfo } from '../domain/attribution.ts';
import type { AlertEntity, EntityType } from '../domain/entity.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { atMost, type Policy } from '../domain/policy.ts';
import type { Report } from '../domain/report.ts';
import { defaultRoom, policyIn } from '../domain/room.ts';
import type { Scope } from '../domain/scope.ts';
import type { Severity } from '../domain/severity.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql } from '../ports/store.ts';
import { loadRecommendations, loadTasks } from './actions.ts';
import { approversHere, respondersHere } from './approvers.ts';
import { openEmergencies } from './emergencies.ts';
import { loadEvidence } from './evidence.ts';
import { loadIncident } from './incidents.ts';
import { mendingOf } from './mending.ts';

/** Alerts and entities a view holds at most; the full list goes to the data branch. */
const alertLimit = 200;

/** What people did to the issue on GitHub that an edit of ours keeps. */
export interface PeopleState {
  notes?: string;
  title?: string;
  gone?: string;
  locked?: boolean;
}

/** Loads everything the renderer shows of an incident; undefined when there is no such incident. */
export async function loadIncidentView(
  sql: Sql,
  id: string,
  context: { policy: PolicySource; now: Date; limit?: number },
): Promise<IncidentView | undefined> {
  const incident = await loadIncident(sql, id);
  if (!incident) return undefined;
  const limit = context.limit ?? alertLimit;
  const more = await sql.query<{
    report: Report | null;
    people: PeopleState;
    total: number;
    into: string | null;
    looks: boolean;
  }>(
    `select i.report, i.people, (select count(*)::int from alert where incident_id = i.id) as total, m.issue as into,
       exists (select 1 from investigation r where r.incident_id = i.id and r.kind = 'investigate' and r.ended_at is null) as looks
     from incident i left join incident m on m.id = i.merged_into where i.id = $1`,
    [id],
  );
  const extra = more.rows[0];
  const policy = policyIn(context.policy.current(), incident.room ?? defaultRoom);
  const banner = context.policy.banner();
  const entities = await loadEntities(sql, id, limit);
  const alerts = await loadAlerts(sql, id, limit);
  return {
    incident,
    alerts,
    alertTotal: extra?.total ?? 0,
    entities,
    ...ownersOf(policy, entities),
    ...(await mendingOf(sql, incident, alerts, policy)),
    evidence: await loadEvidence(sql, id),
    ...(await waitingOf(sql, id, policy)),
    tasks: await loadTasks(sql, id),
    ...(extra?.report ? { report: extra.report } : {}),
    ...(banner === undefined ? {} : { banner }),
    policy: policyShown(policy),
    notes: extra?.people.notes ?? '',
    ...(extra?.people.title === undefined ? {} : { titleByPeople: extra.people.title }),
    ...(extra?.into ? { mergedIntoIssue: Number(extra.into) } : {}),
    ...(takesSeveral(policy) ? { several: true } : {}),
    ...(extra?.looks ? { modelLooks: true } : {}),
    now: context.now,
  };
}

function takesSeveral({ accept = [] }: Policy): boolean {
  return new Set(accept.map((name) => name.split('/')[0])).size > 1;
}

function policyShown({ repository, commit, language, timeZone, mode }: Policy): IncidentView['policy'] {
  return { repository, commit, language, timeZone, mode };
}

/** Recommendations, and what those that wait for an approval, or run without a second one, wait for. */
async function waitingOf(
  sql: Sql,
  incident: string,
  policy: Policy,
): Promise<Pick<IncidentView, 'recommendations' | 'responders' | 'waiting' | 'alone'>> {
  const recommendations = await loadRecommendations(sql, incident);
  const waiting: [string, NonNullable<IncidentView['waiting']>[string]][] = [];
  for (const r of recommendations) {
    if (r.status !== 'open' || !r.waitsSince || atMost(policy.mode, 'recommend')) continue;
    const until = new Date(r.waitsSince.getTime() + policy.approveWithin * 1000);
    waiting.push([r.id, { until, approvers: await approversHere(sql, r, policy) }]);
  }
  const alone: [string, NonNullable<IncidentView['alone']>[string]][] = [];
  for (const [id, { by, confirmBy }] of await openEmergencies(sql, incident)) {
    const r = recommendations.find((one) => one.id === id);
    if (r) alone.push([id, { by: by.login, until: confirmBy, approvers: await approversHere(sql, r, policy) }]);
  }
  const open = recommendations.some(({ status }) => status === 'open');
  return {
    recommendations,
    ...(open && { responders: await respondersHere(sql, incident, policy) }),
    ...(waiting.length > 0 && { waiting: Object.fromEntries(waiting) }),
    ...(alone.length > 0 && { alone: Object.fromEntries(alone) }),
  };
}

/** What `context/` says of the resources that are in it. */
function ownersOf(policy: Policy, entities: IncidentView['entities']): Pick<IncidentView, 'owners'> {
  const named = new Set(entities.filter((one) => one.type === 'cloud_resource').map((one) => one.value));
  const owners = policy.context.flatMap(({ owner, entities: described }) =>
    owner === undefined
      ? []
      : described
          .filter((one) => one.type === 'cloud_resource' && named.has(one.value))
          .map((one): [string, string] => [one.value, owner]),
  );
  return owners.length === 0 ? {} : { owners: Object.fromEntries(owners) };
}

interface AlertRow {
  id: string;
  incident_id: string;
  fingerprint: string;
  kind: AlertKind;
  source: string;
  product: string;
  title: string;
  titles: AlertView['titles'];
  rule: string;
  severity: Severity;
  effective_severity: Severity;
  time: Date;
  first_seen: Date;
  last_seen: Date;
  count: number;
  techniques: string[];
  quoted: { name: string; value: string }[];
  subject: string[];
  link: string | null;
  lifecycle: AlertView['lifecycle'] | null;
  step_why: string | null;
  place: AlertView['place'] | null;
  scope: Scope;
  floor_because: string | null;
  join_reason: string;
  finding: unknown;
  entities: AlertEntity[];
}

/** The most severe alerts first when there are more than fit. */
export async function loadAlerts(sql: Sql, incident: string, limit: number): Promise<AlertView[]> {
  const found = await sql.query<AlertRow>(
    `select id, incident_id, fingerprint, kind, source, product, title, titles, rule, severity, effective_severity, time, first_seen,
       last_seen, count, techniques, quoted, subject, link, lifecycle, step_why, place, scope, floor_because,
       join_reason,
       jsonb_build_object('analytic', ocsf #> '{finding_info,analytic}', 'tags', ocsf #> '{finding_info,tags}') as finding,
       (select coalesce(jsonb_agg(jsonb_build_object('type', e.type, 'value', e.value, 'role', e.role, 'from', e.found_in)), '[]')
        from alert_entity e where e.alert_id = alert.id) as entities
     from alert where incident_id = $1
     order by array_position(array['critical','high','medium','low','informational','unknown'], effective_severity), time, id
     limit $2`,
    [incident, limit],
  );
  return found.rows.map((r) => ({
    ...credited(fromFindingInfo(r.finding)),
    id: r.id,
    incidentId: r.incident_id,
    fingerprintHash: r.fingerprint,
    kind: r.kind,
    source: r.source,
    product: r.product,
    title: r.title,
    ...(r.titles ? { titles: r.titles } : {}),
    rule: r.rule,
    severity: r.severity,
    effectiveSeverity: r.effective_severity,
    time: r.time,
    firstSeen: r.first_seen,
    lastSeen: r.last_seen,
    count: r.count,
    techniques: r.techniques,
    quoted: r.quoted,
    subject: r.subject,
    fingerprint: [],
    joinReason: r.join_reason,
    entities: r.entities,
    ...(Object.keys(r.scope).length === 0 ? {} : { scope: r.scope }),
    ...(r.link === null ? {} : { link: r.link }),
    ...(r.lifecycle ? { lifecycle: r.lifecycle } : {}),
    ...(r.step_why === null ? {} : { lifecycleWhy: r.step_why }),
    ...(r.place ? { place: r.place } : {}),
    ...(r.floor_because === null ? {} : { floorBecause: r.floor_because }),
  }));
}

function credited(attribution: AlertView['attribution']): Pick<AlertView, 'attribution'> {
  return attribution === undefined ? {} : { attribution };
}

/** Distinct entities of an incident's alerts, those in most alerts first. */
async function loadEntities(sql: Sql, incident: string, limit: number): Promise<IncidentView['entities']> {
  const found = await sql.query<{
    type: EntityType;
    value: string;
    role: string;
    from: 'field' | 'text';
    alerts: number;
  }>(
    `select e.type, e.value, (array_agg(e.role order by e.found_in, e.role desc))[1] as role, min(e.found_in) as "from", count(distinct e.alert_id)::int as alerts
     from alert_entity e join alert a on a.id = e.alert_id where a.incident_id = $1
     group by e.type, e.value order by alerts desc, e.type, e.value limit $2`,
    [incident, limit],
  );
  return found.rows;
}
