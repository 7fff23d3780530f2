import { clean } from '../domain/clean.ts';
import { type AlertEntity, type Entity, entityKey } from '../domain/entity.ts';
import type { Evidence } from '../domain/evidence.ts';
import { costOf, type Price, type Tier, tokensOf, worstUsage } from '../domain/model.ts';
import type { ModelBudget } from '../domain/policy.ts';
import { plainSentence } from '../domain/sentence.ts';
import type { Brief, EvidenceView } from '../investigate/agent/brief.ts';
import type { Asked, Extracted, Host, Leave, ToolAnswer } from '../investigate/agent/host.ts';
import { askTool, couldNotLook, type Finding, findingOf } from '../investigate/ask-tool.ts';
import { readExtraction } from '../investigate/read-extraction.ts';
import type { Tool, ToolContext } from '../investigate/tool.ts';
import { investigationWords } from '../messages/investigation.ts';
import { toolWords } from '../messages/tools.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelReply } from '../ports/model.ts';
import type { Store } from '../ports/store.ts';
import { loadEvidence, saveEvidence } from '../store/evidence.ts';
import { isUnderWay } from '../store/investigations.ts';
import { enterReply, enterRequest, enterStep, holdBudget, repliesOf, spentSoFar, stepOf } from '../store/journal.ts';
import { appendLedger } from '../store/ledger.ts';

export interface HostDeps {
  store: Store;
  clock: Clock;
  tools: ReadonlyMap<string, Tool>;
  context: ToolContext & { entities: (AlertEntity | Entity)[] };
  brief: Brief;
  budget: ModelBudget;
  price(tier: Tier): Price;
  run: { id: string; incidentId: string; startedAt: Date };
}

/** Bytes a report may need at most beside its answer, and the answer: held back from everything before it. */
const reportBytes = 120_000;
const reportTokens = 6_144;

/** Part of the wall time after which only the report is begun. */
const softShare = 0.75;

/**
 * The investigator's other side over the store: it keeps the journal and the budgets, asks the tools on its behalf, and
 * hands out no more than what a run may see. Every value it is given is checked here.
 */
export function createHost(deps: HostDeps): Host {
  const { store, clock, run, tools } = deps;
  const words = toolWords(deps.context.language);
  const report = investigationWords(deps.context.language);

  async function before(asked: Asked): Promise<Leave> {
    return store.transaction(async (tx): Promise<Leave> => {
      // What it would say could not be kept.
      if (!(await isUnderWay(tx, run.id))) return { is: 'enough', why: report.stopped };
      const known = await stepOf<ModelReply>(tx, run.id, asked.key);
      if (known?.reply && known.requestHash === asked.hash) return { is: 'known', reply: known.reply };
      if (known?.reply) return { is: 'enough', why: report.changed };
      await holdBudget(tx);
      const now = clock.now();
      const stopped = await tx.query<{ stopping: boolean }>(
        `select status = 'stopping' as stopping from investigation where id = $1`,
        [run.id],
      );
      if (stopped.rows[0]?.stopping && !asked.last) return { is: 'enough', why: report.stopped };
      const price = deps.price(asked.tier);
      const worst = worstUsage(asked.bytes, asked.maxTokens);
      const spent = await spentSoFar(tx, run, now);
      const times = (n: number) => ({ tokens: tokensOf(worst) * n, money: costOf(worst, price) * n });
      const why = refusalOf(deps, spent, times(1), asked.last, now);
      if (why !== undefined) return { is: 'enough', why };
      const paidTries = refusalOf(deps, spent, times(2), asked.last, now) === undefined ? 2 : 1;
      const entry = { ...times(paidTries), key: asked.key, hash: asked.hash, tier: asked.tier, at: now };
      await enterRequest(tx, run.id, entry);
      return { is: 'go', paidTries };
    });
  }

  async function after(key: string, reply: ModelReply): Promise<void> {
    const { usage, model } = reply;
    const tier = await tierOf(key);
    await enterReply(store, run.id, {
      key,
      model,
      usage,
      tokens: tokensOf(usage),
      money: costOf(usage, deps.price(tier)),
      reply: clean(reply),
      at: clock.now(),
    });
  }

  async function ask(key: string, tool: string, args: unknown): Promise<ToolAnswer> {
    const known = await stepOf<Finding>(store, run.id, key);
    const found = known?.reply ?? (await look(tool, args));
    const finding = await enterStep(store, run.id, { key, kind: 'tool', reply: found, at: clock.now() });
    return toolAnswer(finding);
  }

  async function look(tool: string, args: unknown): Promise<Finding> {
    const given = (args !== null && typeof args === 'object' ? args : {}) as Record<string, unknown>;
    const call = { tool, args: given };
    const now = clock.now();
    if (!deps.brief.tools.some((one) => one.name === tool))
      return findingOf(call, couldNotLook(tool, words.notNamed), now);
    if (tools.get(tool)?.risk === 'outward' && Object.keys(given).some((name) => name !== 'entity'))
      return findingOf(call, couldNotLook(tool, words.entityOnly), now);
    const unknown = await unknownEntity(given);
    if (unknown) return findingOf(call, couldNotLook(tool, words.unknownEntity), now);
    return askTool(call, tools, { ...deps.context, now });
  }

  /** A tool may be asked only about what somebody else named before. */
  async function unknownEntity(args: Record<string, unknown>): Promise<boolean> {
    const { entity } = args as { entity?: Entity | null };
    if (entity === undefined) return false;
    // A model may say anything; what is no entity is none that somebody named.
    if (entity === null) return true;
    const wanted = entityKey(entity);
    if (deps.context.entities.some((one) => entityKey(one) === wanted)) return false;
    const read = await repliesOf<Finding>(store, run.id, 'tool');
    return !read.some(({ reply }) => entitiesIn(reply).some((one) => entityKey(one) === wanted));
  }

  async function extracted(key: string, answer: unknown): Promise<Extracted> {
    const text = bulkOf((await stepOf<Finding>(store, run.id, key))?.reply ?? undefined) ?? '';
    const read = readExtraction(text, answer);
    const finding = findingOf(
      { tool: 'extract', args: { of: key } },
      {
        outcome: read.quotes.length + read.entities.length > 0 || read.givesOrders ? 'found' : 'nothing',
        summary: [
          words.read(read.entities.length, read.quotes.length),
          ...(read.givesOrders ? [words.givesOrders] : []),
        ],
        result: read,
        trust: 'untrusted',
      },
      clock.now(),
    );
    await enterStep(store, run.id, { key: `${key}/kept`, kind: 'tool', reply: finding, at: clock.now() });
    return { ...read, entities: read.entities.map((entity) => entity.value) };
  }

  async function evidence(phase: number): Promise<EvidenceView[]> {
    const key = `evidence.${phase}`;
    return store.transaction(async (tx) => {
      const known = await stepOf<EvidenceView[]>(tx, run.id, key);
      if (known?.reply) return known.reply;
      await tx.query('select 1 from incident where id = $1 for no key update', [run.incidentId]);
      const there = await loadEvidence(tx, run.incidentId);
      const byHash = new Map(there.map((e) => [e.hash, e]));
      const found = (await repliesOf<Finding>(tx, run.id, 'tool')).sort((a, b) => byKey(a.key, b.key));
      const fresh: Evidence[] = [];
      for (const { reply } of found) {
        if (byHash.has(reply.hash)) continue;
        const id = `E${there.length + fresh.length + 1}`;
        const one = { ...reply, at: new Date(reply.at), id, incidentId: run.incidentId };
        byHash.set(reply.hash, one);
        fresh.push(one);
      }
      await saveEvidence(tx, run.incidentId, fresh);
      await appendLedger(
        tx,
        clock.now(),
        deps.brief.organization.commit,
        fresh.map((e) => ({
          kind: 'evidence',
          incidentId: run.incidentId,
          body: { evidence: e.id, tool: e.tool, query: e.query, outcome: e.outcome, hash: e.hash, run: run.id },
        })),
      );
      const mine = found.flatMap(({ reply }) => byHash.get(reply.hash) ?? []);
      const before = new Set(deps.brief.evidence.map((e) => e.id));
      const views = [...new Map(mine.map((e) => [e.id, e])).values()]
        .filter((e) => !before.has(e.id))
        .map(evidenceView);
      return enterStep(tx, run.id, {
        key,
        kind: 'phase',
        reply: [...deps.brief.evidence, ...views],
        at: clock.now(),
      });
    });
  }

  /** As it was entered: what a reply costs is not for the other side to say. */
  async function tierOf(key: string): Promise<Tier> {
    const found = await store.query<{ tier: Tier }>(
      'select tier from investigation_step where investigation_id = $1 and key = $2',
      [run.id, key],
    );
    return found.rows[0]?.tier ?? 'investigate';
  }

  return { before, after, ask, extracted, evidence };
}

/** Why a request may not be sent; undefined when it may. The report may use what is held back for it. */
function refusalOf(
  { budget, run, price, context }: HostDeps,
  spent: Awaited<ReturnType<typeof spentSoFar>>,
  request: { tokens: number; money: number },
  last: boolean,
  now: Date,
): string | undefined {
  const words = investigationWords(context.language);
  const out = (of: string) => words.usedUp(of);
  const held = last ? undefined : worstUsage(reportBytes, reportTokens);
  const tokens = request.tokens + (held ? tokensOf(held) : 0);
  const money = request.money + (held ? costOf(held, price('investigate')) : 0);
  const minutes = (now.getTime() - run.startedAt.getTime()) / 60_000;
  if (spent.runRequests + (last ? 1 : 2) > budget.requestsPerRun)
    return out(words.requestsPerRun(budget.requestsPerRun));
  if (minutes > budget.minutesPerRun * (last ? 1 : softShare)) return out(words.minutesPerRun(budget.minutesPerRun));
  if (spent.incidentTokens + tokens > budget.tokensPerIncident)
    return out(words.tokensPerIncident(budget.tokensPerIncident));
  if (spent.incidentMoney + money > budget.moneyPerIncident * 1e6)
    return out(words.moneyPerIncident(budget.moneyPerIncident));
  if (spent.monthMoney + money > budget.moneyPerMonth * 1e6) return out(words.moneyPerMonth(budget.moneyPerMonth));
  return undefined;
}

/** Evidence as a model reads it: what strangers wrote at length is left to the extraction. */
export function evidenceView(e: Evidence): EvidenceView {
  const bulk = e.trust === 'untrusted' && bulkOf(e) !== undefined;
  return {
    id: e.id,
    tool: e.tool,
    query: e.query,
    outcome: e.outcome,
    says: plainSentence(e.summary),
    ...(bulk || e.result === null ? {} : { result: e.result }),
  };
}

function toolAnswer(finding: Finding): ToolAnswer {
  const bulk = bulkOf(finding);
  return {
    outcome: finding.outcome,
    says: plainSentence(finding.summary),
    ...(bulk === undefined ? (finding.result === null ? {} : { result: finding.result }) : { bulk }),
  };
}

/** The long text of others in an answer. */
function bulkOf(finding: Pick<Finding, 'trust' | 'result'> | undefined): string | undefined {
  const { text } = (finding?.result ?? {}) as { text?: unknown };
  return finding?.trust === 'untrusted' && typeof text === 'string' ? text : undefined;
}

function entitiesIn(finding: Finding): Entity[] {
  const named = finding.summary.flatMap((part) => (typeof part === 'object' && 'entity' in part ? [part.entity] : []));
  const { entities } = (finding.result ?? {}) as { entities?: unknown };
  const read = finding.tool === 'extract' && Array.isArray(entities) ? (entities as Entity[]) : [];
  return [...named, ...read];
}

/** `1.2.10/3` behind `1.2.9`: by the numbers in them. */
function byKey(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
