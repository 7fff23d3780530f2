import { entityMatches, matches } from '../../domain/condition.ts';
import { neverBlocked } from '../../domain/context.ts';
import type { Entity } from '../../domain/entity.ts';
import type { Language } from '../../domain/locale.ts';
import type { ResponseRule } from '../../domain/policy.ts';
import { approvedBy } from '../../domain/recommendation.ts';
import { actionWords } from '../../messages/actions.ts';
import { blockWords } from '../../messages/block.ts';
import { listsWords } from '../../messages/lists.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { targetWords } from '../../messages/target.ts';
import { indicator } from '../../publish/indicator.ts';
import { shownInLine } from '../../publish/shown-in.ts';
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
import { notOpen } from '../not-open.ts';
import { decidersOf } from '../rights.ts';
import { readTarget } from '../target.ts';
import { whyOff } from '../why-off.ts';

export const block: Command = {
  name: 'block',
  usage: '/block <ip|domain> [for 24h] [on <resource>]',
  summary: summaryWords.table.block,
  right: 'analyst',
  harmless: () => true,
  async run(call) {
    const { language } = call.locale;
    const words = blockWords(language);
    const asked = readRequest(call.rest, language);
    if ('refusal' in asked) return refused('', asked.refusal);
    const understood = words.block(indicator(asked.target)) + (asked.refanged ? actionWords(language).defanged : '');
    const ended = notOpen(call);
    if (ended !== undefined) return refused(understood, ended);
    const never = neverBlocked(call.policy.neverBlock, asked.target);
    if (never !== undefined) return refused(understood, words.neverBlock(code(never)));
    const rules = await rulesFor(call, asked.target);
    const rule = rules.find((r) => asked.resource === undefined || r.resources.includes(asked.resource));
    if (!rule) return refused(understood, whyNoRule(rules, asked.target, language));
    const named = asked.resource === undefined ? rule.resources : [asked.resource];
    const off = named.filter((id) => call.unavailable.has(id)).map((id) => whyOff(call, id));
    const resources = named.filter((id) => !call.unavailable.has(id));
    if (resources.length === 0) return refused(understood, actionWords(language).notHere(off.join('; ')));
    const duration = asked.duration ?? rule.duration;
    if (duration > rule.maxDuration)
      return refused(understood, words.atMost(prose(rule.id), length(rule.maxDuration * 1000, language)));
    return order(call, rule, { target: asked.target, resources, duration, off }, understood);
  },
};

interface Request {
  target: Entity;
  refanged: boolean;
  duration?: number;
  resource?: string;
}

function readRequest(rest: string, language: Language): Request | { refusal: string } {
  const words = blockWords(language);
  const usage = `\`${block.usage}\``;
  const [first, ...more] = rest.split(/\s+/).filter((w) => w !== '');
  if (first === undefined) return { refusal: words.sayWhat(usage) };
  const read = readTarget(first);
  if ('refusal' in read) return { refusal: `${code(first, 100)}: ${targetWords(language)[read.refusal]}` };
  const request: Request = { target: read.entity, refanged: read.refanged };
  for (let k = 0; k < more.length; k += 2) {
    const [word = '', value = ''] = [more[k]?.toLowerCase(), more[k + 1]];
    if (word === 'for') {
      const seconds = readDuration(value);
      if (seconds === undefined) return { refusal: words.noLength(code(value || actionWords(language).nothing, 40)) };
      request.duration = seconds;
    } else if (word === 'on' && value !== '') request.resource = value;
    else return { refusal: words.notUnderstood(code(more.slice(k).join(' '), 80), usage) };
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

function whyNoRule(rules: ResponseRule[], target: Entity, language: Language): string {
  const words = blockWords(language);
  const [first] = rules;
  if (!first) return words.noRule(target.type);
  const resources = [...new Set(rules.flatMap((rule) => rule.resources))];
  return words.actsOn(prose(first.id), resources.map((id) => code(id)).join(listsWords(language).and));
}

async function order(
  call: CommandCall,
  rule: ResponseRule,
  { off, ...what }: { target: Entity; resources: string[]; duration: number; off: string[] },
  said: string,
): Promise<Answer> {
  const { tx, incident, policy, author, authorId, right, now } = call;
  const { language } = call.locale;
  const words = blockWords(language);
  const asking = { login: author, id: authorId };
  const where = what.resources.map((id) => code(id)).join(listsWords(language).and);
  const understood = `${said}${words.onFor(where, length(what.duration * 1000, language))}${off.map(words.notOn).join('')}`;
  const decision = decide(
    { requestedBy: author, requestedById: authorId },
    right === 'responder' ? [asking] : [],
    rule,
    policy,
    language,
  );
  if (decision.kind === 'refused') return refused(understood, decision.because);
  if (decision.kind === 'dry-run')
    return { state: 'done', understood, answer: dryRun({ action: 'block', ...what }, decision.because, call) };
  if (!call.actions.has('block')) return refused(understood, actionWords(language).noConnector('`block`'));
  const last = await tx.query<{ n: number | null }>(
    'select max(number) as n from recommendation where incident_id = $1',
    [incident.id],
  );
  const because = words.asked(rule.because);
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
    return {
      state: 'done',
      understood,
      answer: words.needsApproval(prose(decision.because), made.id, prose(who)),
      ledger: [madeEntry(made)],
    };
  }
  const agreed = approvedBy(decision.approvedBy);
  await insertRecommendation(tx, { ...made, status: 'executed', ...agreed });
  const tasks = await createTasks(tx, made, agreed.approvals, policy.commit, now);
  // No proposal said it before.
  const told = [understood, shownInLine(what, call.shownIn, language)].filter((line) => line !== '').join('\n');
  return {
    state: 'waiting',
    understood: told,
    answer: '',
    tasks: tasks.ids,
    ledger: [madeEntry(made), ...tasks.ledger],
  };
}
