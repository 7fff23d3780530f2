import { autonomies, type Grant, type Policy } from '../domain/policy.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';

/** Changes of the ceiling, of who may do what, and of what is protected. */
export function rightsChanges(previous: Policy, next: Policy): PolicyChange[] {
  return [
    ...modeChange(previous, next),
    ...grantChanges('analyst', previous.grants.analyst, next.grants.analyst),
    ...grantChanges('responder', previous.grants.responder, next.grants.responder),
    ...listed('warning', 'no longer protects', missing(previous.neverBlock, next.neverBlock)),
    ...listed('notice', 'protects from being blocked', missing(next.neverBlock, previous.neverBlock)),
  ];
}

const modes = {
  observe: 'nobody is mentioned and nothing is ever done',
  recommend: 'actions are proposed, none is done',
  approve: 'actions are done when a person approves',
  auto: 'rules with autonomy auto act by themselves',
} as const;

function modeChange(previous: Policy, next: Policy): PolicyChange[] {
  if (previous.mode === next.mode) return [];
  const raised = autonomies.indexOf(next.mode) > autonomies.indexOf(previous.mode);
  const sentence = `${raised ? 'raises' : 'lowers'} mode from ${previous.mode} to ${next.mode}: ${modes[next.mode]}`;
  return [{ level: raised ? 'warning' : 'notice', sentence, origin: { path: 'yagura.md', line: 1 } }];
}

function grantChanges(right: string, previous: Grant, next: Grant): PolicyChange[] {
  const names = (grant: Grant) => [
    ...grant.people,
    ...grant.teams.map((team) => `team ${team}`),
    ...grant.roles.map((role) => `role ${role}`),
  ];
  return [
    ...listed('warning', `gives the right ${right} to`, missing(names(next), names(previous))),
    ...listed('notice', `takes the right ${right} from`, missing(names(previous), names(next))),
  ];
}

function listed(level: PolicyChange['level'], verb: string, items: string[]): PolicyChange[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, 20).map(inCode).join(', ');
  return [{ level, sentence: `${verb} ${shown}${items.length > 20 ? ` and ${items.length - 20} more` : ''}` }];
}

/** What `from` has and `other` has not. */
function missing(from: readonly string[], other: readonly string[]): string[] {
  const have = new Set(other);
  return from.filter((item) => !have.has(item));
}
