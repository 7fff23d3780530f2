import { z } from 'zod';
import { canonicalValue } from '../domain/canonical-value.ts';
import { type Entity, type EntityType, entityTypes } from '../domain/entity.ts';

/** What of an extraction stands in the text. */
export interface ReadText {
  entities: Entity[];
  quotes: string[];
  techniques: string[];
  givesOrders: boolean;
}

const limits = { entities: 40, quotes: 5, quoteLength: 200, techniques: 10 } as const;

const shape = z.object({
  entities: z.array(z.object({ type: z.string(), value: z.string() })),
  quotes: z.array(z.string()),
  techniques: z.array(z.string()),
  gives_orders: z.boolean(),
});

/** Keeps of an extraction what is in the text word for word, whatever kana are composed of; the rest was made up, or talked into it. */
export function readExtraction(text: string, answer: unknown): ReadText {
  const parsed = shape.safeParse(answer);
  if (!parsed.success) return { entities: [], quotes: [], techniques: [], givesOrders: false };
  const { entities, quotes, techniques, gives_orders } = parsed.data;
  const composed = text.normalize('NFC');
  const lower = composed.toLowerCase();
  return {
    entities: entities
      .filter(
        ({ type, value }) => isType(type) && isName(value) && lower.includes(value.normalize('NFC').toLowerCase()),
      )
      .flatMap(({ type, value }) => {
        const canonical = isType(type) ? canonicalValue(type, value) : undefined;
        return isType(type) && canonical !== undefined ? [{ type, value: canonical }] : [];
      })
      .slice(0, limits.entities),
    quotes: quotes
      .filter(
        (quote) => quote.length > 0 && quote.length <= limits.quoteLength && composed.includes(quote.normalize('NFC')),
      )
      .slice(0, limits.quotes),
    techniques: techniques.filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id)).slice(0, limits.techniques),
    givesOrders: gives_orders,
  };
}

/** Long enough to be one and no chance: names in kanji have two signs. */
function isName(value: string): boolean {
  return value.length > (/^[\x20-\x7e]*$/.test(value) ? 2 : 1);
}

function isType(type: string): type is EntityType {
  return entityTypes.some((known) => known === type);
}
