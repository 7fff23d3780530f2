import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { Scope } from '../domain/scope.ts';
import { listsWords } from '../messages/lists.ts';
import { scopeWords } from '../messages/scope.ts';
import { code } from './text.ts';

/** Places one line names. */
const placeLimit = 8;

/**
 * Which organizations and cloud accounts its alerts come from: said where there is more than one, in the incident or among
 * those whose alerts are taken; for everybody else it would be the same line in every issue.
 */
export function comesFrom(view: IncidentView): string {
  const scopes = view.alerts.flatMap(({ scope }) => (scope ? [scope] : []));
  const owners = new Set(scopes.flatMap(({ organization, account }) => [organization, account].filter(isText)));
  if (owners.size === 0 || (owners.size === 1 && !view.several)) return '';
  const { language } = view.policy;
  const words = scopeWords(language);
  const places = [...new Set(scopes.flatMap((scope) => placesOf(scope, language)))];
  const more = places.length - placeLimit;
  const shown = places.slice(0, placeLimit).join(listsWords(language).and);
  return words.comesFrom(more > 0 ? words.andMore(shown, more) : shown);
}

function placesOf({ organization, repository, account, region }: Scope, language: Language): string[] {
  const onGithub = repository ?? organization;
  const inCloud =
    account === undefined
      ? []
      : [scopeWords(language).account(code(account, 60), region === undefined ? undefined : code(region, 40))];
  return [...(onGithub === undefined ? [] : [code(onGithub, 120)]), ...inCloud];
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
