import type { TechniqueSeen } from '../domain/assessment.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import { assessmentWords } from '../messages/assessment.ts';
import { listsWords } from '../messages/lists.ts';
import { brief } from './brief.ts';
import { cited, claimText } from './claim-line.ts';
import { indicator } from './indicator.ts';
import { paragraph } from './paragraph.ts';

const shownTechniques = 5;
const shownAssets = 8;

/** What of ours it touches, in one line. */
export function affected(view: IncidentView): string {
  const assets = (view.report?.assessment?.affected ?? []).filter(({ evidence }) => cited(evidence) !== '');
  if (assets.length === 0) return '';
  const shown = assets.slice(0, shownAssets).map(({ entity, evidence }) => `${indicator(entity)} ${cited(evidence)}`);
  const { language } = view.policy;
  const words = listsWords(language);
  const more = assets.length - shown.length;
  const named = shown.join(words.and);
  return assessmentWords(language).affected(more > 0 ? words.andMore(named, more) : named);
}

/** How it was done, each with a sentence for somebody who is no expert. */
export function techniques(view: IncidentView): string {
  const lines = techniqueLines(view).slice(0, shownTechniques);
  return lines.length === 0 ? '' : [assessmentWords(view.policy.language).howDone, ...lines].join('\n');
}

/** Those that are not in the open. */
export function moreTechniques(view: IncidentView): string[] {
  return techniqueLines(view).slice(shownTechniques);
}

function techniqueLines(view: IncidentView): string[] {
  return (view.report?.assessment?.techniques ?? [])
    .map((technique) => techniqueLine(technique, view.policy.language))
    .filter((line) => line !== '');
}

/** `T1190 Exploit Public-Facing Application`: because [E3]. A plain sentence. */
function techniqueLine(technique: TechniqueSeen, language: Language): string {
  const because = claimText(technique.because);
  if (!/^T\d{4}(\.\d{3})?$/.test(technique.id) || because === '') return '';
  const plain = brief(technique.plain, 300);
  const { sentence } = listsWords(language);
  const said = paragraph([sentence(because), plain === '' ? '' : sentence(plain)], language);
  return `- ${technique.id} ${brief([technique.name], 120)}: ${said}`;
}
