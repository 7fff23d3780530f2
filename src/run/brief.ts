import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { contextOf } from '../domain/context.ts';
import { cutText } from '../domain/cut.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Policy } from '../domain/policy.ts';
import { maskSecrets } from '../domain/secrets.ts';
import type { Brief, ToolView } from '../investigate/agent/brief.ts';
import { playbookOf } from '../investigate/deterministic.ts';
import type { Offer } from '../investigate/gates/report-parts.ts';
import type { Tool } from '../investigate/tool.ts';
import { evidenceView } from './agent-host.ts';

/** Alerts, entities, offers and quoted fields a brief holds at most. */
const limits = { alerts: 30, entities: 60, told: 12, quoted: 4, value: 200, offers: 20 } as const;

/** What an entity may be in an alert, in a source's words; who sends to "generic" may write any others. */
const roles: ReadonlySet<string> = new Set(
  `source destination target actor user process host container file remote local caller resource instance repository
  cluster domain address url server client sender recipient function database bucket owner pool`.split(/\s+/),
);

/** The actions the response policy proposes for an incident, by the ids a model knows them by. */
export function offersOf(view: IncidentView): Offer[] {
  return open(view).map(({ action, target, rule }, k) => ({ id: `P${k + 1}`, action, target, rule }));
}

function open(view: IncidentView): IncidentView['recommendations'] {
  return view.recommendations.filter((r) => r.status === 'open' && r.requestedBy === 'yagura').slice(0, limits.offers);
}

/** What a run is about, from an incident as it stands now. */
export function briefOf(
  view: IncidentView,
  policy: Policy,
  given: { tools: ReadonlyMap<string, Tool>; focus: string | null; escalates: boolean },
): Brief {
  const { incident } = view;
  const playbook = playbookOf({ incident, policy, alerts: view.alerts });
  const entities = view.entities.slice(0, limits.entities).map((entity, k) => ({ ...entity, ref: `e${k + 1}` }));
  const refOf = (type: string, value: string) =>
    entities.find((e) => e.type === type && e.value === value)?.ref ?? `${type}`;
  const alerts = view.alerts.slice(0, limits.alerts);
  return {
    marker: `=== ${randomBytes(12).toString('hex')} ===`,
    organization: { commit: policy.commit, files: filesOf(policy, view, playbook.origin.path, playbook.body) },
    trusted: {
      kind: incident.kind,
      severity: incident.severity,
      alerts: alerts.map((a) => ({
        id: a.id,
        source: a.source,
        // A rule's id, as products give it; one that is prose, or the title again, may be anybody's.
        rule: /^[\w.:/-]{1,80}$/.test(a.rule) && a.rule !== a.title ? a.rule : '(not an id)',
        severity: a.severity,
        time: a.time.toISOString(),
        count: a.count,
        techniques: a.techniques,
      })),
      alertTotal: view.alertTotal,
      entities: entities.map((e) => ({
        ref: e.ref,
        type: e.type,
        roles: [e.role].filter((role) => roles.has(role)),
        alerts: e.alerts,
        known: contextOf(policy, e).map((entry) => `${entry.kind} ${entry.name}`),
      })),
      playbook: playbook.id,
      offers: open(view).map((offer, k) => ({
        offer: `P${k + 1}`,
        action: offer.action,
        entity: refOf(offer.target.type, offer.target.value),
        resources: offer.resources,
        seconds: offer.duration,
        because: offer.because,
      })),
    },
    untrusted: {
      entities: entities.map(({ ref, type, value }) => ({ ref, type, value: shown(value) })),
      alerts: alerts.slice(0, limits.told).map((a) => ({
        id: a.id,
        title: shown(a.title),
        quoted: a.quoted.slice(0, limits.quoted).map(({ name, value }) => ({ name, value: shown(value) })),
      })),
    },
    evidence: view.evidence.map(evidenceView),
    tools: toolsOf(policy, given.tools),
    escalates: given.escalates,
    language: view.policy.language,
    ...(given.focus === null ? {} : { focus: given.focus }),
  };
}

/** The beginning of a value, without secrets before it is cut: half of one is still worth something. */
function shown(value: string): string {
  return cutText(maskSecrets(value), limits.value);
}

/** The tools the policy's playbooks name: being in the folder makes a tool exist, policy lets it be asked. */
function toolsOf(policy: Policy, tools: ReadonlyMap<string, Tool>): ToolView[] {
  const named = new Set(policy.playbooks.flatMap((playbook) => playbook.steps.map((step) => step.tool)));
  return [...named].sort().flatMap((name) => {
    const tool = tools.get(name);
    return tool ? [{ name, summary: tool.summary, schema: z.toJSONSchema(tool.args) as Record<string, unknown> }] : [];
  });
}

/** What people wrote, what is about this incident first: a request holds so much and no more. */
function filesOf(
  policy: Policy,
  view: IncidentView,
  playbookPath: string,
  playbookBody: string,
): { path: string; text: string }[] {
  const about = new Set(view.entities.flatMap((e) => contextOf(policy, e)));
  const context = policy.context.map(({ origin, body, kind, name, owner, criticality }) => ({
    path: origin.path,
    text: [`${kind} ${name}`, owner && `owner ${owner}`, criticality && `criticality ${criticality}`, body]
      .filter(Boolean)
      .join('\n'),
  }));
  const first = context.filter((_, k) => about.has(policy.context[k] as (typeof policy.context)[number]));
  const rest = context.filter((one) => !first.includes(one));
  return [
    { path: 'yagura.md', text: policy.description },
    { path: playbookPath, text: playbookBody },
    ...first,
    ...policy.prose,
    ...rest,
  ].filter((file) => file.text !== '');
}
