import { readFileSync } from 'node:fs';
import { dataRecords } from './data-lines.ts';

/** CloudTrail of one attack technique, without the name of the tool that made it. */
export interface CloudTechnique {
  id: string;
  title: string;
  lines: string[];
}

/** The techniques of the masked set, each with its records in the order of their times. */
export function cloudTechniques(folder: string): CloudTechnique[] {
  const index = dataRecords<{ id: string; title: string }>(`${folder}/stratus-cloudtrail/index.json`);
  return index.map(({ id, title }) => {
    const text = readFileSync(`${folder}/stratus-cloudtrail/masked/${id}.json`, 'utf8');
    const records = JSON.parse(text) as { eventTime: string }[];
    const inOrder = records.toSorted((a, b) => a.eventTime.localeCompare(b.eventTime));
    return { id, title, lines: inOrder.map((record) => JSON.stringify(record)) };
  });
}
