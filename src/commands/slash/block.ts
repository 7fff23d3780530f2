import { entityMatches, matches } from '../../domain/condition.ts';
import { neverBlocked } from '../../domain/context.ts';
import type { Entity } from '../../domain/entity.ts';
import type { ResponseRule } from '../../domain/policy.ts';
import { approvedBy } from '../../domain/recommendation.ts';
import { indicator } from '../../publish/indicator.ts';
import { code, prose } from '../../publish/text.ts';
import { length } from '../../publish/times.ts';
import { decide } from '../../respond/authorize.ts';
import { loadAlerts } from '../../store/incident-view.ts';
import { insertRecommendation, madeEntry, make } from '../../store/proposals.ts';
import { showAtOnce } from '../../store/publications.ts';
import { createTasks } from '../../store/tasks.ts';
import { type Answer, type Command, type CommandCall, refused } from '../command.ts';
import { dryRun } from '../dry-run.ts';
import { readDuration } from '../duration.ts';
import { decidersOf } from '../rights.ts';
import { readTarget } from '../target.ts';
import { whyOff } from '../why-off.ts';

export const block: Command = {
  name: 'block',
  usage: '/block <ip|domain> [for 24h] [on <resource>]',
  summary: 'block an address or a domain for a while',
  right: 'analyst',
  async run(call) {
    const asked = readRequest(call.rest);
    if ('refusal' in asked) return refused('', asked.refusal);
    const understood = `block ${indicator(asked.target)}${asked.refanged ? ' (written defanged)' : ''}`;
    if (call.incident.status !== 'open') return refused(understood, `this incident is ${call.incident.status}`);
    const never = neverBlocked(call.policy.neverBlock, asked.target);
    if (never !== undefined)
      return refused(understood, `${code(never)} is on the never-block list of policies/response.md or ours`);
    const rules = await rulesFor(call, asked.target);
    const rule = rules.find((r) => asked.resource === undefined || r.resources.includes(asked.resource));
    if (!rule) return refused(understood, whyNoRule(rules, asked.target));
    const named = asked.resource === undefined ? rule.resources : [asked.resource];
    const off = named.filter((id) => call.unavailable.has(id)).map((id) => whyOff(call, id));
    const resources = named.filter((id) => !call.unavailable.has(id));
    if (resources.length === 0) return refused(understood, `it cannot be done here: ${off.join('; ')}`);
    const duration = asked.duration ?? rule.duration;
    if (duration > rule.maxDuration)
      return refused(
        understood,
        `rule ${prose(rule.id)} allows ${length(rule.maxDuration * 1000, call.policy.language)} at most`,
      );
    return order(call, rule, { target: asked.target, resources, duration, off }, understood);
  },
};

interface Request {
  target: Entity;
  refanged: boolean;
  duration?: number;
  resource?: string;
}

function readRequest(rest: string): Request | { refusal: string } {
  const [first, ...words] = rest.split(/\s+/).filter((w) => w !== '');
  if (first === undefined) return { refusal: `say what: \`${block.usage}\`` };
  const read = readTarget(first);
  if ('refusal' in read) return { refusal: `${code(first, 100)}: ${read.refusal}` };
  const request: Request = { target: read.entity, refanged: read.refanged };
  for (let k = 0; k < words.length; k += 2) {
    const [word = '', value = ''] = [words[k]?.toLowerCase(), words[k + 1]];
    if (word === 'for') {
      const seconds = readDuration(value);
      if (seconds === undefined)
        return { refusal: `${code(value || '(nothing)', 40)} is no length of time: \`for 24h\`` };
      request.duration = seconds;
    } else if (word === 'on' && value !== '') request.resource = value;
    else return { refusal: `${code(words.slice(k).join(' '), 80)} is not understood: \`${block.usage}\`` };
  }
  return request;
}

/** Response rules that block such a target here: the same that would propose it, and a target they name is only theirs. */
async function rulesFor(call: CommandCall, target: Entity): Promise<ResponseRule[]> {
  const alerts = await loadAlerts(call.tx, call.incident.id, 200);
  const effectiveSeverity = call.incident.severity;
  return call.policy.responses.filter(
    (rule) =>
      rule.action === 'block' &&
      rule.entity.includes(target.type) &&
      (rule.when.entity === undefined || entityMatches(rule.when.entity, target)) &&
      alerts.some((a) => matches(rule.when, { ...a, effectiveSeverity, entities: [...a.entities, target] })),
  );
}

function whyNoRule(rules: ResponseRule[], target: Entity): string {
  const [first] = rules;
  if (!first) return `no response rule in policies/response.md allows blocking a ${target.type} here`;
  const resources = [...new Set(rules.flatMap((rule) => rule.resources))];
  return `rule ${prose(first.id)} acts on ${resources.map((id) => code(id)).join(', ')}`;
}

async function order(
  call: CommandCall,
  rule: ResponseRule,
  { off, ...what }: { target: Entity; resources: string[]; duration: number; off: string[] },
  said: string,
): Promise<Answer> {
  const { tx, incident, policy, author, authorId, right, now } = call;
  const asking = { login: author, id: authorId };
  const understood = `${said} on ${what.resources.map((id) => code(id)).join(', ')} for ${length(what.duration * 1000, policy.language)}${off.map((why) => `; not on ${why}`).join('')}`;
  const decision = decide(
    { requestedBy: author, requestedById: authorId },
    right === 'responder' ? [asking] : [],
    rule,
    policy,
  );
  if (decision.kind === 'refused') return refused(understood, decision.because);
  if (decision.kind === 'dry-run')
    return { state: 'done', understood, answer: dryRun({ action: 'block', ...what }, decision.because, call) };
  if (!call.actions.has('block')) return refused(understood, 'no connector loaded here can `block`');
  const last = await tx.query<{ n: number | null }>(
    'select max(number) as n from recommendation where incident_id = $1',
    [incident.id],
  );
  const because = `asked for by command; ${rule.because}`;
  const made = make(
    incident.id,
    (last.rows[0]?.n ?? 0) + 1,
    { action: 'block', ...what, rule: rule.id, evidence: [], because },
    asking,
    policy.commit,
  );
  if (decision.kind === 'needs-approval') {
    // A responder who asks is one of the voices where the rule lets them be.
    const voices = right === 'responder' && rule.requesterMayApprove ? [asking] : [];
    await insertRecommendation(tx, { ...made, ...approvedBy(voices) });
    await showAtOnce(tx, incident.id);
    const who = await decidersOf('responder', call, ...(rule.requesterMayApprove ? [] : [author]));
    const why = decision.because === '' ? '' : ` (${prose(decision.because)})`;
    return {
      state: 'done',
      understood,
      answer: `needs approval${why}: \`/approve ${made.id}\` by ${prose(who)}`,
      ledger: [madeEntry(made)],
    };
  }
  const agreed = approvedBy(decision.approvedBy);
  await insertRecommendation(tx, { ...made, status: 'executed', ...agreed });
  const tasks = await createTasks(tx, made, agreed.approvals, policy.commit, now);
  return { state: 'waiting', understood, answer: '', tasks: tasks.ids, ledger: [madeEntry(made), ...tasks.ledger] };
}
