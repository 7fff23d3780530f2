import type { ParsedAlert } from '../../domain/alert.ts';
import { at, textAt } from '../fields/at.ts';
import { readTime } from '../fields/read-time.ts';
import { numberOf, senderOf, type Webhook } from './webhook.ts';

type Lifecycle = NonNullable<ParsedAlert['lifecycle']>;

/** Actions that end an alert or open it again, as GitHub documents them; `repository_vulnerability_alert` has its own. */
const actions: Record<string, Lifecycle> = {
  fixed: 'fixed',
  revoked: 'fixed',
  resolve: 'fixed',
  dismissed: 'dismissed',
  auto_dismissed: 'dismissed',
  closed_by_user: 'dismissed',
  dismiss: 'dismissed',
  reopened: 'reopened',
  reopened_by_user: 'reopened',
  auto_reopened: 'reopened',
  reintroduced: 'reopened',
  reopen: 'reopened',
  // Ours, of a repository that is watched no more, and again.
  unwatched: 'dismissed',
  watched_again: 'reopened',
};

/** States in which a scanner is done with an alert. */
const states: Record<string, Lifecycle> = { fixed: 'fixed', dismissed: 'dismissed', auto_dismissed: 'dismissed' };

/** Actions with which an alert begins, and which change nothing about one that is known. */
export const begins: ReadonlySet<string> = new Set(['created', 'create', 'appeared_in_branch']);

/** Where GitHub writes when each step happened, best first. */
const times: Record<Lifecycle, readonly string[]> = {
  fixed: ['fixed_at', 'resolved_at', 'updated_at'],
  dismissed: ['dismissed_at', 'auto_dismissed_at', 'resolved_at', 'updated_at'],
  reopened: ['updated_at'],
};

/**
 * What became of the alert. Actions that say nothing about that (`validated`, `publicly_leaked`, `appeared_in_branch`)
 * leave it as its state has it, so that they do not open again what is closed; nor does one that comes back where its
 * state says that it stays dismissed. A resolved secret is fixed only when it was revoked.
 */
export function lifecycleOf(webhook: Webhook): Lifecycle | undefined {
  const { action, alert } = webhook;
  const state = textAt(alert, 'state') ?? '';
  const stands = Object.hasOwn(states, state) ? states[state] : undefined;
  const said = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (said !== undefined) return said === 'reopened' ? (stands ?? said) : said;
  const resolution = textAt(alert, 'resolution');
  if (action === 'resolved' || resolution !== undefined) return resolution === 'revoked' ? 'fixed' : 'dismissed';
  return stands;
}

/** Whether it changes nothing of the life of an alert that is known: it says only what is known of it now. */
export function isUpdate({ action, location }: Webhook): boolean {
  if (action === 'created' || action === 'create') return location !== undefined;
  return action !== 'resolved' && !Object.hasOwn(actions, action);
}

/** When this step of the alert's life happened, if the payload says so; when Yagura saw it where that counts. */
export function stepTimeOf(webhook: Webhook): Date | undefined {
  const seenAt = readTime(at(webhook, 'seen_at'));
  if (seenAt) return seenAt;
  return namesOf(webhook)
    .map((name) => readTime(at(webhook.alert, name)))
    .find((time) => time !== undefined);
}

function namesOf(webhook: Webhook): readonly string[] {
  const { action } = webhook;
  // A further place of a secret is created later than its alert was.
  if (begins.has(action) && webhook.location === undefined) return ['created_at', 'updated_at'];
  const says = Object.hasOwn(actions, action) || action === 'resolved';
  const lifecycle = says ? lifecycleOf(webhook) : undefined;
  return lifecycle === undefined ? ['updated_at'] : times[lifecycle];
}

/**
 * Who ended the alert or opened it again, and why, in GitHub's words: `dismissed by octocat: tolerable_risk`. Comments
 * on a leaked secret are left out, since people quote the secret in them.
 */
export function lifecycleWhyOf(webhook: Webhook): string | undefined {
  const { action, alert } = webhook;
  const lifecycle = lifecycleOf(webhook);
  if (lifecycle === undefined) return undefined;
  if (action === 'unwatched') return textAt(webhook, 'why');
  const who =
    textAt(alert, 'dismissed_by.login') ??
    textAt(alert, 'dismisser.login') ??
    textAt(alert, 'resolved_by.login') ??
    senderOf(webhook);
  const comment = textAt(alert, 'dismissed_comment') ?? textAt(alert, 'dismiss_comment');
  const reasons = [reasonOf(webhook, lifecycle), lifecycle === 'dismissed' ? comment : undefined];
  const why = reasons.filter((part) => part !== undefined).join(', ');
  const verb = `${verbOf(webhook, lifecycle)}${action.startsWith('auto_') ? ' automatically' : ''}`;
  return `${verb}${who === undefined ? '' : ` by ${who}`}${why === '' ? '' : `: ${why}`}`;
}

function verbOf({ action, alert }: Webhook, lifecycle: Lifecycle): string {
  if (lifecycle === 'reopened') return action === 'reintroduced' ? 'reintroduced' : 'reopened';
  return textAt(alert, 'resolution') === undefined ? lifecycle : 'resolved';
}

function reasonOf(webhook: Webhook, lifecycle: Lifecycle): string | undefined {
  const { alert } = webhook;
  if (lifecycle === 'reopened') return undefined;
  const resolution = textAt(alert, 'resolution');
  if (resolution !== undefined) return resolution;
  if (lifecycle === 'dismissed') return textAt(alert, 'dismissed_reason') ?? textAt(alert, 'dismiss_reason');
  const commit = textAt(webhook, 'commit_oid') ?? textAt(alert, 'most_recent_instance.commit_sha');
  return textAt(alert, 'fix_reason') ?? (commit === undefined ? undefined : `commit ${commit.slice(0, 12)}`);
}

/** A step of a scanner's alert: its number and when it happened. Without a time two steps would look the same. */
export function alertStep(webhook: Webhook): string | undefined {
  const time = stepTimeOf(webhook);
  return time === undefined ? undefined : `${numberOf(webhook) ?? ''}:${time.toISOString()}`;
}
