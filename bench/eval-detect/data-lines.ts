import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The lines of a file, unpacked where its name says so. */
export function dataLines(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The JSON of a file or of each of its lines, taken to be what the caller says: the data sets say it in `SOURCE.txt`. */
export function dataRecords<T>(path: string): T[] {
  return path.endsWith('.json')
    ? JSON.parse(readFileSync(path, 'utf8'))
    : dataLines(path).map((one) => JSON.parse(one));
}
