import MiniSearch from 'minisearch';
import { z } from 'zod';
import { cutText } from '../src/domain/cut.ts';
import { searchWords } from '../src/domain/search-words.ts';
import type { Sentence } from '../src/domain/sentence.ts';
import type { Tool } from '../src/investigate/tool.ts';
import { toolWords } from '../src/messages/tools.ts';
import { verdictWords } from '../src/messages/verdicts.ts';

const args = z.strictObject({});

/** Closed incidents that are looked through, newest first. */
const searched = 2_000;

/** Longest query, in UTF-16 units. */
const queryLimit = 4_000;

/** MiniSearch's BM25+ score below which two incidents share only common words; found by reading results. */
const leastScore = 8;

/** Closed incidents that read like this one, with what people decided. */
export const similarIncidents: Tool<z.infer<typeof args>> = {
  name: 'similar-incidents',
  summary: 'Closed incidents that read like this one, and what people decided.',
  risk: 'own',
  each: 'incident',
  args,
  async run(_args, { facts, incident, alerts, entities, language }) {
    const words = toolWords(language);
    const closed = await facts.closedIncidents(searched, incident.id);
    if (closed.length === 0) return { outcome: 'nothing', summary: [words.nothingToCompare], result: [], trust: 'own' };
    const search = new MiniSearch({ fields: ['text'], tokenize: searchWords });
    search.addAll(closed.map(({ id, text }) => ({ id, text })));
    const about = [...alerts.flatMap((a) => [a.title, a.rule]), ...entities.map((e) => e.value)];
    const query = cutText(about.join('\n'), queryLimit);
    const hits = search
      .search(query)
      .filter((hit) => hit.score >= leastScore)
      .slice(0, 3);
    const similar = hits.flatMap((hit) => closed.filter((c) => c.id === hit.id));
    if (similar.length === 0)
      return {
        outcome: 'nothing',
        summary: [words.noneSimilar(closed.length)],
        result: [],
        trust: 'own',
      };
    const told: Sentence = similar.flatMap(
      (c, k): Sentence => [
        k === 0 ? '' : words.between,
        ...words.similarOne(
          c.issue === null ? undefined : { issue: c.issue, repository: c.repository },
          verdictWords(language)[c.verdict],
        ),
      ],
    );
    return {
      outcome: 'found',
      summary: [words.similar, ...told],
      result: similar.map(({ id: _id, text: _text, ...told }) => told),
      trust: 'product',
    };
  },
};
