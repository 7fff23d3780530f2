import type { ForgeState } from '../forge-state.ts';
import { notFound } from '../refusal.ts';
import type { Account, Repository, Scanner, ScannerAlert } from '../state/entities.ts';
import { accountView } from '../views/account-view.ts';
import { alertView } from '../views/alert-view.ts';
import { emit } from '../webhooks/emit.ts';

/** What is staged of an alert. */
export interface StagedAlert {
  scanner: Scanner;
  /** Of the alert that is changed; a new one is made when not given. */
  number?: number | undefined;
  /** What differs from the example, in GitHub's names; `state`, `created_at` and `updated_at` among them. */
  alert?: Record<string, unknown> | undefined;
  /** The webhook's action where the state does not say it: `reintroduced`, `validated`. */
  action?: string | undefined;
  /** Where code scanning found it, or finds it now: `refs/pull/7/merge`. The default branch when not given. */
  ref?: string | undefined;
  /** False: nobody is told by webhook, as of what was there before. */
  tell?: boolean | undefined;
}

/** Makes an alert of a scanner or changes one, stamps what its new state asks for, and tells the hooks. */
export function putAlert(forge: ForgeState, sender: Account, repo: Repository, staged: StagedAlert): ScannerAlert {
  const { scanner, number } = staged;
  const before = number === undefined ? undefined : forge.store.get('scannerAlert', `${repo.id}:${scanner}#${number}`);
  if (number !== undefined && !before) throw notFound();
  const { state: asked, created_at, updated_at, ...given } = staged.alert ?? {};
  const now = forge.clock.stamp();
  const createdAt = before?.createdAt ?? textOf(created_at) ?? now;
  const state = textOf(asked) ?? before?.state ?? 'open';
  const turned = state !== (before?.state ?? 'open');
  const ref = staged.ref ?? before?.ref;
  const at = textOf(updated_at) ?? (before || turned ? now : createdAt);
  const alert = forge.store.put('scannerAlert', {
    id: before?.id ?? forge.store.newId(),
    repoId: repo.id,
    scanner,
    number: before?.number ?? forge.store.groupSize('scannerAlert', `${repo.id}:${scanner}`) + 1,
    state,
    createdAt,
    updatedAt: at,
    fields: { ...before?.fields, ...(turned ? turn(forge, sender, scanner, state, at) : {}), ...given },
    ...(ref === undefined || ref === defaultRef(repo) ? {} : { ref }),
  });
  const action = staged.action ?? (before ? (turned ? actionOf(scanner, state) : undefined) : 'created');
  if (action !== undefined && staged.tell !== false) tell(forge, sender, repo, alert, action);
  return alert;
}

/** What GitHub writes down when an alert changes its state. */
function turn(
  forge: ForgeState,
  sender: Account,
  scanner: Scanner,
  state: string,
  at: string,
): Record<string, unknown> {
  const by = accountView(forge, sender);
  if (scanner === 'secret-scanning') {
    return state === 'resolved'
      ? { resolved_at: at, resolved_by: by, resolution: 'revoked' }
      : { resolved_at: null, resolved_by: null, resolution: null, resolution_comment: null };
  }
  const reason = scanner === 'dependabot' ? 'tolerable_risk' : "won't fix";
  const dismissed = state === 'dismissed';
  return {
    fixed_at: state === 'fixed' ? at : null,
    dismissed_at: dismissed ? at : null,
    dismissed_by: dismissed ? by : null,
    dismissed_reason: dismissed ? reason : null,
    ...(scanner === 'dependabot' ? { auto_dismissed_at: state === 'auto_dismissed' ? at : null } : {}),
  };
}

/** The webhook's name for reaching a state. */
function actionOf(scanner: Scanner, state: string): string {
  if (scanner !== 'code-scanning') return state === 'open' ? 'reopened' : state;
  if (state === 'open') return 'reopened_by_user';
  return state === 'dismissed' ? 'closed_by_user' : state;
}

function tell(forge: ForgeState, sender: Account, repo: Repository, alert: ScannerAlert, action: string): void {
  // No webhook has the value of a secret.
  const { secret: _secret, ...view } = alertView(forge, alert);
  if (alert.scanner !== 'code-scanning') {
    emit(forge, { event: `${alert.scanner.replace('-', '_')}_alert`, action, repo, sender, payload: { alert: view } });
    return;
  }
  const ref = alert.ref ?? defaultRef(repo);
  // As GitHub's webhooks have it, which say of a dismissal when it happened, and of nothing else.
  const { updated_at: _when, ...told }: Record<string, unknown> = { ...view, fixed_at: null };
  // Outside the default branch an alert has no state until it is over.
  const state = alert.ref !== undefined && alert.state === 'open' ? null : alert.state;
  const payload = { alert: { ...told, state }, ref, commit_oid: '00000000000000000000000000000000000000c8' };
  emit(forge, { event: 'code_scanning_alert', action, repo, sender, payload });
}

function defaultRef({ defaultBranch }: Repository): string {
  return `refs/heads/${defaultBranch}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
