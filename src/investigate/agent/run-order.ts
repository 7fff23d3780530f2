import { type Model, ModelError } from '../../ports/model.ts';
import type { Host } from './host.ts';
import { answer, investigate } from './loop.ts';
import type { Order, Ran } from './order.ts';
import { Shapeless } from './structured.ts';
import { Enough, Refused } from './turn.ts';

/** Runs an order with a model; whatever the model does ends in one of the stated ways. Throws only what is our fault. */
export async function runOrder(order: Order, model: Model, host: Host, signal: AbortSignal): Promise<Ran> {
  const desk = { model, host, signal, brief: order.brief, prompts: order.prompts };
  try {
    return { is: 'answered', answer: order.kind === 'ask' ? await answer(desk) : await investigate(desk) };
  } catch (error) {
    if (error instanceof Enough) return { is: 'enough', why: error.message };
    if (error instanceof Refused) return { is: 'refused', why: error.message };
    if (error instanceof Shapeless) return { is: 'shapeless', why: error.message };
    if (!(error instanceof ModelError)) throw error;
    const later = error.reason === 'overloaded' || error.reason === 'unreachable' || error.reason === 'aborted';
    return { is: later ? 'away' : 'broken', why: error.said };
  }
}
