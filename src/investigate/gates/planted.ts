import type { PlantedText } from '../../domain/assessment.ts';
import { orders } from './planted-orders.ts';
import { readings } from './planted-readings.ts';

/** A text an attacker may have written, and where it stands. */
export interface OutsideText {
  /** `user agent of alert 3`, `raw record`. */
  where: string;
  text: string;
  /** The evidence that holds it. */
  evidence?: string;
}

/** How much of a text is read, in UTF-16 units, and how much of it is shown. */
const longestText = 262_144;
const shown = 160;

/**
 * Texts that read like orders to whoever investigates, be it a model or a person: one finding a text. A notice for
 * people and never a control: what it does not see is as untrusted as what it sees.
 */
export function plantedText(texts: readonly OutsideText[]): PlantedText[] {
  return texts.flatMap(({ where, text, evidence }) => {
    const quote = orderIn(text.slice(0, longestText));
    if (quote === undefined) return [];
    return [{ where, quote, ...(evidence === undefined ? {} : { evidence }) }];
  });
}

/** The words around the first order in any reading of a text. */
function orderIn(text: string): string | undefined {
  for (const reading of readings(text)) {
    if (reading.hidden) return excerpt(reading.text, 0, reading.text.length);
    for (const order of orders) {
      const match = order.exec(reading.text);
      if (match) return excerpt(reading.text, match.index, match[0].length);
    }
  }
  return undefined;
}

function excerpt(text: string, at: number, length: number): string {
  const before = Math.max(0, Math.min(20, shown - length));
  const start = Math.max(0, at - before);
  return text.slice(start, start + shown).trim();
}
