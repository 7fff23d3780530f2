import type { Language } from '../domain/locale.ts';
import { restrictedWords } from '../messages/restricted.ts';

/** How much is open in other rooms; a restricted one has no name here. */
export interface Elsewhere {
  rooms: { repository: string; open: number }[];
  restricted: number;
}

/** One line below the queue of a room; undefined when nothing is open anywhere else. */
export function elsewhereLine({ rooms, restricted }: Elsewhere, language: Language): string | undefined {
  const words = restrictedWords(language);
  const places = rooms.map(({ repository, open }) => words.openIn(repository, open));
  if (restricted > 0) places.push(words.openRestricted(restricted));
  return places.length === 0 ? undefined : words.elsewhere(places.join(words.between));
}
