import { type Command, refused } from '../commands/command.ts';
import { commandLimit, parseCommands } from '../commands/parse.ts';
import { type Standing, standingOf } from '../commands/rights.ts';
import type { ParsedCommand } from '../domain/comment-command.ts';
import { sentenceOf, YaguraError } from '../domain/error.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { EveryLanguage } from '../domain/locale.ts';
import type { Masking } from '../domain/masking.ts';
import { type IssueRef, policyIn, roomOf } from '../domain/room.ts';
import { commanderWords } from '../messages/commander.ts';
import type { Clock } from '../ports/clock.ts';
import type { Forge, RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import {
  answerCommand,
  answersSince,
  openComments,
  publishAnswer,
  type SeenComment,
  saveCommands,
  takeCommand,
} from '../store/commands.ts';
import { holdIncidentOfIssue, incidentOfIssue } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { markDirty, touch } from '../store/publications.ts';
import { askComment, type Uncounted } from './ask-comment.ts';
import { answerOf } from './command-answer.ts';
import { isDataFault } from './data-fault.ts';
import type { OpenRooms } from './open-rooms.ts';
import { roomRepository } from './room-repository.ts';
import { shownInOf } from './shown-in.ts';
import { canRead } from './why-not-named.ts';

export interface CommanderDeps {
  store: Store;
  forge: Forge;
  clock: Clock;
  masking: Masking;
  policy: PolicySource;
  repo: RepoRef;
  /** Commands in a room that is not among them wait. */
  rooms: OpenRooms;
  commands: ReadonlyMap<string, Command>;
  actions: ReadonlySet<string>;
  /** By resource id, why it cannot be used here. */
  unavailable: ReadonlyMap<string, EveryLanguage>;
  /** The repository all of whose readers see what a resource of the policy holds; undefined when there is none. */
  shownIn(resource: string): RepoRef | undefined;
  /** Whether a model is set up. */
  model: boolean;
  /** Puts an issue into the inbox as a report. */
  adoptIssue(issue: IssueRef): Promise<boolean>;
  log(sentence: string): void;
}

/** Commands a person without a right gets answered in an hour; past it nothing more is written for them. */
const answersPerHour = 10;

/** Answers one comment with commands; false when none waits. */
export async function commanderStep(deps: CommanderDeps): Promise<boolean> {
  const [comment] = await openComments(deps.store, deps.rooms.keys(), 1);
  if (!comment) return false;
  await deps.rooms.visit(comment.room, () => answerComment(deps, comment));
  return true;
}

async function answerComment(deps: CommanderDeps, seen: SeenComment): Promise<void> {
  const parsed = parseCommands(seen.body);
  const {
    author,
    why,
    body = '',
  } = parsed.length === 0 ? { author: seen.author, why: 'noneInIt' as const } : await askComment(deps, seen);
  // Rights go by the login the author has now: the one they had may be another's.
  const comment = { ...seen, author };
  if (why !== undefined) {
    if (parsed.length > 0)
      deps.log(`comment ${comment.id} on #${comment.issue} does not count: ${commanderWords('en')[why]}`);
    await finish(deps, comment, why);
    return;
  }
  const policy = deps.policy.current();
  const standing = await standingOf(comment.author, policy, deps.forge, roomRepository(comment.room, deps.repo));
  const now = deps.clock.now();
  const incident = await incidentOfIssue(deps.store, comment);
  // Anybody who can comment can ask for help: only who has a right gets a receipt of their own, from the reserve.
  const own = standing.right !== 'reader';
  const quiet = !own && (await heardEnough(deps, comment.authorId));
  const on = { kind: own ? ('receipt' as const) : ('refusal' as const), comment, incident: incident?.id ?? null };
  await deps.store.transaction(async (tx) => {
    await saveCommands(tx, comment, incident?.id ?? null, parsed, now);
    if (own) await publishAnswer(tx, now, on);
  });
  const written = parseCommands(body);
  for (const [k, command] of parsed.entries()) {
    const asWritten = written[k]?.name === command.name ? written[k].rest : undefined;
    await runCommand(deps, comment, { ...command, asWritten }, standing, k >= commandLimit).catch((error: unknown) =>
      giveUp(deps, comment, command, error),
    );
  }
  await deps.store.transaction(async (tx) => {
    if (!quiet) await publishAnswer(tx, deps.clock.now(), on);
    await tx.query(`update comment set state = 'done' where id = $1`, [comment.id]);
  });
}

/** Whether a person without a right got all the answers of this hour. */
async function heardEnough(deps: CommanderDeps, author: number): Promise<boolean> {
  const since = new Date(deps.clock.now().getTime() - 3_600_000);
  return (await answersSince(deps.store, author, since)) >= answersPerHour;
}

/**
 * Ends a comment that does not count (any more); commands that waited for their turn are refused. Of an edited one that
 * is told, since its author waits for an answer.
 */
async function finish(deps: CommanderDeps, comment: SeenComment, why: Uncounted): Promise<void> {
  const now = deps.clock.now();
  const words = commanderWords(roomOf(deps.policy.current(), comment.room).language);
  const parsed = why === 'edited' ? parseCommands(comment.body) : [];
  const told = parsed.length > 0 && !(await heardEnough(deps, comment.authorId));
  const incident = (await incidentOfIssue(deps.store, comment))?.id ?? null;
  await deps.store.transaction(async (tx) => {
    await saveCommands(tx, comment, incident, parsed, now);
    const left = await tx.query(
      `update command set state = 'refused', answer = $2 where comment_id = $1 and state = 'pending'`,
      [comment.id, words.notRun(words[why])],
    );
    const receipt = left.rowCount > 0 && (await touch(tx, [`receipt:${comment.id}`])) > 0;
    if (told && left.rowCount > 0 && !receipt) await publishAnswer(tx, now, { kind: 'refusal', comment, incident });
    await tx.query(`update comment set state = 'done' where id = $1`, [comment.id]);
  });
}

/**
 * A command that fails for a reason of its own must not keep every later comment waiting: it is said to have failed.
 * What may pass by itself (the forge, the database) is tried again with the whole comment.
 */
async function giveUp(
  deps: CommanderDeps,
  comment: SeenComment,
  command: ParsedCommand,
  error: unknown,
): Promise<void> {
  if (!isDataFault(error) && !(error instanceof YaguraError)) throw error;
  deps.log(`${command.text} of comment ${comment.id} failed: ${sentenceOf(error)}`);
  await deps.store.transaction(async (tx) => {
    if (!(await takeCommand(tx, comment.id, command.line))) return;
    const answer = commanderWords(roomOf(deps.policy.current(), comment.room).language).failed;
    await answerCommand(tx, comment.id, command.line, { state: 'failed', understood: '', answer, tasks: [] });
  });
}

/** Runs one line once: the row is taken, the effects and the answer are written in the same transaction. */
async function runCommand(
  deps: CommanderDeps,
  comment: SeenComment,
  parsed: ParsedCommand & { asWritten: string | undefined },
  standing: Standing,
  tooMany: boolean,
): Promise<void> {
  await deps.store.transaction(async (tx) => {
    if (!(await takeCommand(tx, comment.id, parsed.line))) return;
    const policy = policyIn(deps.policy.current(), comment.room);
    const words = commanderWords(policy.language);
    const repo = roomRepository(comment.room, deps.repo);
    const now = deps.clock.now();
    const incident = await holdIncidentOfIssue(tx, comment);
    const command = deps.commands.get(parsed.name);
    const call = {
      tx,
      incident,
      policy,
      locale: policy,
      now,
      author: comment.author,
      authorId: comment.authorId,
      right: standing.right,
      rest: parsed.rest,
      asWritten: parsed.asWritten,
      comment: { id: comment.id, createdAt: comment.createdAt, room: comment.room, issue: comment.issue },
      actions: deps.actions,
      unavailable: deps.unavailable,
      shownIn: shownInOf(deps, comment.room),
      model: deps.model,
      rightOf: async (login: string) => (await standingOf(login, policy, deps.forge, repo)).right,
      reads: (login: string) => canRead(deps.forge, repo, login),
      adoptIssue: () => deps.adoptIssue(comment),
      commands: deps.commands,
    };
    const answer = tooMany ? refused('', words.tooMany(commandLimit)) : await answerOf(command, parsed, call, standing);
    await answerCommand(tx, comment.id, parsed.line, { ...answer, tasks: answer.tasks ?? [] });
    const about = (await incidentOfIssue(tx, comment))?.id ?? null;
    if (about !== null) await markDirty(tx, now, [about], 'issue');
    const entry: LedgerEntry = {
      kind: 'command',
      incidentId: about,
      body: {
        comment: comment.id,
        line: parsed.line,
        text: parsed.text,
        by: comment.author,
        byId: comment.authorId,
        right: standing.right,
        because: standing.because(policy.language),
        state: answer.state,
        understood: answer.understood,
        answer: answer.answer,
      },
    };
    await appendLedger(tx, now, policy.commit, [entry, ...(answer.ledger ?? [])]);
  });
}
