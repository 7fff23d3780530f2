import { type Account, sameAccount } from '../../domain/account.ts';
import { entityMatches, matches } from '../../domain/condition.ts';
import { neverBlocked } from '../../domain/context.ts';
import type { Entity } from '../../domain/entity.ts';
import type { LedgerEntry } from '../../domain/ledger.ts';
import type { Language } from '../../domain/locale.ts';
import type { ResponseRule } from '../../domain/policy.ts';
import { approvedBy, approversOf, recommendationHash, requesterOf } from '../../domain/recommendation.ts';
import { actionWords } from '../../messages/actions.ts';
import { emergencyWords } from '../../messages/emergency.ts';
import { listsWords } from '../../messages/lists.ts';
import { statusWords } from '../../messages/statuses.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { indicator } from '../../publish/indicator.ts';
import { code, prose } from '../../publish/text.ts';
import { length } from '../../publish/times.ts';
import { decide } from '../../respond/authorize.ts';
import { loadRecommendations, type StoredRecommendation } from '../../store/actions.ts';
import { confirmedHash } from '../../store/confirmations.ts';
import { openEmergencies } from '../../store/emergencies.ts';
import { loadAlerts } from '../../store/incident-view.ts';
import { wentOnAs } from '../../store/incidents.ts';
import { ownParts } from '../../store/own-part.ts';
import { setApprovals } from '../../store/proposals.ts';
import { createTasks } from '../../store/tasks.ts';
import { confirm, readEmergency, runAlone, whyNotAlone } from '../break-glass.ts';
import { type Answer, type Command, type CommandCall, refused } from '../command.ts';
import { dryRun } from '../dry-run.ts';
import { notOpen } from '../not-open.ts';
import { decidersOf } from '../rights.ts';
import { whyOff } from '../why-off.ts';

export const approve: Command = {
  name: 'approve',
  usage: '/approve <R1|R1 R2|all> [emergency <why>]',
  summary: summaryWords.table.approve,
  right: 'responder',
  onMerged: missesVoice,
  async run(call) {
    const { language } = call.locale;
    const words = actionWords(language);
    const all = await loadRecommendations(call.tx, call.incident.id);
    const ended = notOpen(call);
    if (ended !== undefined && !(await missesVoice(call))) return refused('', ended);
    const urgent = readEmergency(call.rest);
    if (urgent) return approveAlone(call, all, urgent);
    const ids = call.rest
      .toUpperCase()
      .split(/[\s,]+/)
      .filter((w) => w !== '');
    if (ids.length === 0) return refused('', words.sayWhich);
    const everything = ids.length === 1 && ids[0] === 'ALL';
    const chosen = everything
      ? all.filter((r) => wasOpen(r, all, call))
      : ids.map((id) => all.find((r) => r.id === id) ?? id);
    if (chosen.length === 0) return refused(words.allShown, words.nothingThen);
    const answers: Answer[] = [];
    for (const one of chosen)
      answers.push(typeof one === 'string' ? unknown(one, language) : await approveOne(call, one));
    return merged(answers, language);
  },
};

/** Whether something of it waits for a second voice, which may come however the incident ended: the block still holds. */
async function missesVoice({ tx, incident }: CommandCall): Promise<boolean> {
  return (await openEmergencies(tx, incident.id)).size > 0;
}

/** Whether GitHub had confirmed it in an earlier second than the comment's: only that can have been seen. */
function shownBefore(r: StoredRecommendation, call: CommandCall): boolean {
  return r.confirmedAt !== undefined && r.confirmedAt < call.comment.createdAt;
}

/** Whether it stood open in what could be seen then: one replaced since is told of, one replaced before is not meant. */
function wasOpen(r: StoredRecommendation, all: StoredRecommendation[], call: CommandCall): boolean {
  if (!shownBefore(r, call)) return false;
  if (r.status !== 'replaced') return r.status === 'open';
  const by = all.find((one) => one.id === r.replacedBy);
  return by !== undefined && !shownBefore(by, call);
}

function unknown(id: string, language: Language): Answer {
  const words = actionWords(language);
  return refused(words.approve(code(id, 40)), words.noRecommendation);
}

/** `/approve R1 emergency <why>`: where people are missing, whoever is on call may let it run until one more says yes. */
async function approveAlone(
  call: CommandCall,
  all: StoredRecommendation[],
  { id, why }: { id: string; why: string },
): Promise<Answer> {
  const { language } = call.locale;
  const words = emergencyWords(language);
  if (!/^R\d+$/.test(id)) return refused('', words.oneAtATime);
  const r = all.find((one) => one.id === id);
  if (!r) return unknown(id, language);
  if (why === '') return refused(actionWords(language).approve(r.id), words.sayWhy(r.id));
  return approveOne(call, r, why);
}

async function approveOne(call: CommandCall, r: StoredRecommendation, why?: string): Promise<Answer> {
  const { tx, policy, author, authorId, now, locale } = call;
  const words = actionWords(locale.language);
  const approver = { login: author, id: authorId };
  const where = r.resources.map((id) => code(id)).join(listsWords(locale.language).and);
  const understood = words.approve(`${r.id}: ${words.act(r.action, indicator(r.target), where)}`);
  const waiting = (await openEmergencies(tx, r.incidentId)).get(r.id);
  const no = await refusal(call, r, waiting !== undefined, why !== undefined);
  if (no !== undefined) return refused(understood, no);
  const rule = policy.responses.find((one) => one.id === r.rule && one.action === r.action);
  if (!rule || r.resources.some((id) => !rule.resources.includes(id)))
    return refused(understood, words.ruleGone(prose(r.rule)));
  const changed = await ruleChanged(call, r, rule);
  if (changed !== undefined) return refused(understood, changed);
  // Who agreed before under another login has one voice still; whose login is another's now, none: a right goes by login.
  const before = approversOf(r).filter((one) => !sameAccount(one, approver) && !sameLogin(one, approver));
  const voices = [...(await stillResponders(call, before)), approver];
  const decision = decide(r, voices, rule, policy, locale.language);
  if (decision.kind === 'refused') return refused(understood, decision.because);
  if (decision.kind === 'dry-run') return { state: 'done', understood, answer: dryRun(r, decision.because, call) };
  const approval: LedgerEntry = {
    kind: 'approval',
    incidentId: r.incidentId,
    body: { recommendation: r.id, hash: r.hash, by: author, byId: authorId, comment: call.comment.id },
  };
  if (decision.kind === 'needs-approval') {
    if (sameAccount(requesterOf(r), approver) && !rule.requesterMayApprove)
      return refused(
        understood,
        words.askAnother(prose(decision.because), prose(await decidersOf('responder', call, author))),
      );
    if (why !== undefined && !waiting) {
      const not = await whyNotAlone(call, r, rule);
      if (not !== undefined) return refused(understood, not);
      const begun = await runAlone(call, r, { voices, why, understood });
      return { ...begun, ledger: [approval, ...(begun.ledger ?? [])] };
    }
    await setApprovals(tx, r, voices, waiting ? 'executed' : 'open');
    const answer = words.heard(decision.missing, prose(decision.because));
    return { state: 'done', understood, answer, ledger: [approval] };
  }
  if (waiting) {
    const confirmed = await confirm(call, r, { one: waiting, voices: decision.approvedBy, understood });
    return confirmed.state === 'refused'
      ? confirmed
      : { ...confirmed, ledger: [approval, ...(confirmed.ledger ?? [])] };
  }
  await setApprovals(tx, r, voices, 'executed');
  const tasks = await createTasks(tx, r, approvedBy(decision.approvedBy).approvals, policy.commit, now);
  return { state: 'waiting', understood, answer: '', tasks: tasks.ids, ledger: [approval, ...tasks.ledger] };
}

/** Of those who agreed before, the ones whose right still holds and who are no part of it since: a voice does not outlive it. */
async function stillResponders(call: CommandCall, voices: Account[]): Promise<Account[]> {
  const logins = voices.map(({ login }) => login);
  const { id } = await wentOnAs(call.tx, call.incident.id);
  const parts = await ownParts(call.tx, id, logins, call.policy);
  const still: Account[] = [];
  for (const one of voices)
    if (!parts.has(one.login) && (await call.rightOf(one.login)) === 'responder') still.push(one);
  return still;
}

/** Why this recommendation cannot be approved by this comment; undefined when it can. */
async function refusal(
  call: CommandCall,
  r: StoredRecommendation,
  waits: boolean,
  urgent: boolean,
): Promise<string | undefined> {
  const { language } = call.locale;
  const words = actionWords(language);
  if (r.status === 'replaced') return r.replacedBy === undefined ? words.replaced : words.replacedBy(r.replacedBy);
  const ended = waits ? undefined : notOpen(call);
  if (ended !== undefined) return ended;
  if (r.status !== 'open' && !waits) return words.isAlready(statusWords(language)[r.status]);
  // GitHub counts in seconds. Within one, a number that is named can only have been read where it was shown.
  if (!r.confirmedAt || r.confirmedAt > call.comment.createdAt) return words.notShown;
  const shown = await confirmedHash(call.tx, r.incidentId, r.id);
  if (shown === undefined || shown !== r.hash || shown !== recommendationHash(r)) return words.notWhatWasShown;
  const never = neverBlocked(call.policy.neverBlock, r.target);
  if (never !== undefined) return words.neverBlock(code(never));
  const you = { login: call.author, id: call.authorId };
  // Whoever waits in vain for a second person may still say that it cannot wait.
  const again = !urgent || waits;
  if (again && approversOf(r).some((one) => sameAccount(one, you) && sameLogin(one, you))) return words.approvedAlready;
  if (!call.actions.has(r.action) && call.policy.mode !== 'observe' && call.policy.mode !== 'recommend')
    return words.noConnector(code(r.action));
  const off = r.resources.filter((id) => call.unavailable.has(id));
  if (off.length > 0 && off.length === r.resources.length)
    return words.notHere(off.map((id) => whyOff(call, id)).join('; '));
  return undefined;
}

/** Why the rule of the policy in force means something else than what was shown; undefined when it still means it. */
async function ruleChanged(
  call: CommandCall,
  r: StoredRecommendation,
  rule: ResponseRule,
): Promise<string | undefined> {
  const { language } = call.locale;
  const words = actionWords(language);
  const long = (seconds: number) => length(seconds * 1000, language);
  if (r.duration > rule.maxDuration) return words.ruleShorter(prose(rule.id), long(rule.maxDuration), long(r.duration));
  const alerts = await loadAlerts(call.tx, (await wentOnAs(call.tx, call.incident.id)).id, 200);
  const carrying = alerts.filter((a) => a.entities.some((e) => sameEntity(e, r.target)));
  // A person may ask for a target that no alert has; what Yagura proposes comes from the alerts that have it.
  const about = r.requestedBy === 'yagura' && carrying.length > 0 ? carrying : alerts;
  const effectiveSeverity = call.incident.severity;
  const meant =
    rule.entity.includes(r.target.type) &&
    (rule.when.entity === undefined || entityMatches(rule.when.entity, r.target)) &&
    about.some((a) => matches(rule.when, { ...a, effectiveSeverity, entities: [...a.entities, r.target] }));
  return meant ? undefined : words.ruleMoved(prose(rule.id));
}

function sameEntity(a: Entity, b: Entity): boolean {
  return a.type === b.type && a.value === b.value;
}

function sameLogin(a: Account, b: Account): boolean {
  return a.login.toLowerCase() === b.login.toLowerCase();
}

/** One answer of several: what was refused stands in what was understood, since the tasks' states come after it. */
function merged(answers: Answer[], language: Language): Answer {
  const words = actionWords(language);
  const [only] = answers;
  if (answers.length === 1 && only) return only;
  const line = (a: Answer) => `\n  - ${[a.understood, a.answer].filter((t) => t !== '').join(': ')}`;
  const refusals = answers.filter((a) => a.state === 'refused');
  const rest = answers.filter((a) => a.state !== 'refused');
  const waiting = rest.some((a) => a.state === 'waiting');
  return {
    state: rest.length === 0 ? 'refused' : waiting ? 'waiting' : 'done',
    understood: [
      words.approvedOf(rest.length, answers.length),
      ...refusals.map((a) => `\n  - ⛔ ${words.not(line(a).slice('\n  - '.length))}`),
      ...(waiting ? rest.filter((a) => a.state !== 'waiting').map(line) : []),
    ].join(''),
    answer: rest
      .filter((a) => !waiting || a.state === 'waiting')
      .map(line)
      .join(''),
    tasks: answers.flatMap((a) => a.tasks ?? []),
    ledger: answers.flatMap((a) => a.ledger ?? []),
  };
}
