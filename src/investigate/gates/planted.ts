import type { PlantedText } from '../../domain/assessment.ts';

/** The least that is certain: an order to forget what one was told. */
const orders =
  /\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+)?(?:previous|prior|above|earlier)\s+(?:instructions?|rules?|prompts?)/i;

/** Texts that give orders to whoever reads them. It only ever raises. */
export function plantedText(texts: { where: string; text: string; evidence?: string }[]): PlantedText[] {
  return texts.flatMap(({ where, text, evidence }) => {
    const found = orders.exec(text);
    return found
      ? [{ where, quote: text.slice(found.index, found.index + 160), ...(evidence ? { evidence } : {}) }]
      : [];
  });
}
