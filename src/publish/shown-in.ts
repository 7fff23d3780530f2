import type { Entity } from '../domain/entity.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import { doNextWords } from '../messages/do-next.ts';
import { listsWords } from '../messages/lists.ts';
import { indicator } from './indicator.ts';
import { code } from './text.ts';

/** A line below another: who else will read the target of a restricted incident; empty when nobody will. */
export function shownInLine(
  { target, resources }: { target: Entity; resources: readonly string[] },
  shownIn: IncidentView['shownIn'] = {},
  language: Language,
): string {
  const shown = resources.filter((id) => shownIn[id] !== undefined);
  if (shown.length === 0) return '';
  const list = listsWords(language).and;
  const repositories = [...new Set(shown.map((id) => code(shownIn[id] ?? '')))];
  return `  - ${doNextWords(language).shownIn(indicator(target), shown.join(list), repositories.join(list))}`;
}
