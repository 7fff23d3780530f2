import { titleIn } from '../domain/alert-title.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import { issueWords } from '../messages/issue.ts';
import { oneLine } from './text.ts';
import { clockTime } from './times.ts';

/** Boxes a diagram shows at most; Mermaid and eyes both end there. */
const boxLimit = 12;

/** The distinct alerts of a threat in the order they happened, as a Mermaid flowchart; undefined for fewer than two. */
export function attackPath(view: IncidentView): string | undefined {
  if (view.incident.kind !== 'threat') return undefined;
  const steps = [...view.alerts].sort((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime());
  if (steps.length < 2) return undefined;
  const shown = steps.slice(0, boxLimit);
  const boxes = shown.map((alert, k) => {
    const techniques = alert.techniques.filter((t) => /^T\d{4}(\.\d{3})?$/.test(t)).join(' ');
    const text = [
      clockTime(alert.firstSeen, view.policy.timeZone),
      label(titleIn(alert, view.policy.language)),
      techniques,
    ].filter((t) => t !== '');
    return `  s${k}["${text.join(' · ')}"]`;
  });
  const left = Math.max(view.alertTotal, steps.length) - shown.length;
  const more = left > 0 ? [`  more["${issueWords(view.policy.language).diagramMore(left)}"]`] : [];
  const names = [...shown.map((_, k) => `s${k}`), ...(more.length > 0 ? ['more'] : [])];
  return ['```mermaid', 'flowchart TD', ...boxes, ...more, `  ${names.join(' --> ')}`, '```'].join('\n');
}

/** Text that means nothing to Mermaid: letters, digits and a few signs. */
function label(text: string): string {
  return oneLine(text, 60)
    .replace(/[^\p{L}\p{N} .,:_/()-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
