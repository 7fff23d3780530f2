import type { ForgeComment, ForgeIssue, ForgeUser } from '../ports/forge.ts';
import type { AlertEvent } from './alert-events.ts';

export type IssueAction =
  | 'opened'
  | 'edited'
  | 'closed'
  | 'reopened'
  | 'labeled'
  | 'unlabeled'
  | 'assigned'
  | 'unassigned'
  | 'deleted'
  | 'transferred'
  | 'locked'
  | 'unlocked';

/** What a webhook says, in our words. Which repository it came from is the delivery's business. */
export type ForgeEvent =
  | {
      kind: 'comment';
      action: 'created' | 'edited' | 'deleted';
      comment: ForgeComment;
      issue: ForgeIssue;
      sender: ForgeUser;
    }
  | {
      kind: 'issue';
      action: IssueAction;
      issue: ForgeIssue;
      sender: ForgeUser;
      /** The label put on or taken off. */
      label?: string;
      /** The person assigned or unassigned. */
      assignee?: string;
    }
  | {
      kind: 'push';
      /** Undefined for a tag. */
      branch: string | undefined;
      /** Commit the branch points at now; undefined when it was deleted. */
      after: string | undefined;
      isDefaultBranch: boolean;
      sender: ForgeUser;
    }
  | { kind: 'pull-request'; action: 'opened' | 'synchronize' | 'reopened'; number: number; headSha: string }
  /** Without a name: all checks of the commit. */
  | { kind: 'check-rerequested'; name?: string; headSha: string }
  | {
      kind: 'repository';
      action: 'publicized' | 'privatized' | 'renamed' | 'transferred';
      repositoryId: number;
      owner: string;
      name: string;
      private: boolean;
    }
  | {
      kind: 'installation';
      action: string;
      /** Numeric ids of repositories added and removed by this event, as far as it names them. */
      added: number[];
      removed: number[];
    }
  | {
      kind: 'alert';
      source: AlertEvent;
      action: string;
      payload: Record<string, unknown>;
    }
  /** About the whole world, from no repository. */
  | { kind: 'advisory'; action: string; payload: Record<string, unknown> }
  | { kind: 'ignored'; reason: string };
