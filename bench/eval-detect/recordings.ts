import { dataLines, dataRecords } from './data-lines.ts';

/** A recording of an attack; what is labelled is the whole, not each event. */
export interface Recording {
  set: 'mordor' | 'evtx';
  name: string;
  /** ATT&CK ids, upper case; none where the set says none. */
  techniques: string[];
  tactics: string[];
  lines: string[];
}

/** The tactics that the sets speak of, one by id and one by name. */
const tacticNames: ReadonlyMap<string, string> = new Map([
  ['TA0001', 'Initial Access'],
  ['TA0002', 'Execution'],
  ['TA0003', 'Persistence'],
  ['TA0004', 'Privilege Escalation'],
  ['TA0005', 'Defense Evasion'],
  ['TA0006', 'Credential Access'],
  ['TA0007', 'Discovery'],
  ['TA0008', 'Lateral Movement'],
  ['TA0009', 'Collection'],
  ['TA0042', 'Resource Development'],
]);

interface MordorEntry {
  file: string[];
  techniques: string[];
  tactics: string[];
}

interface EvtxEntry {
  path: string;
  file: string[];
  techniques: string[];
  tactic_dir: string;
}

/** Every recording of both sets; those mordor lists twice once, with the labels of both. */
export function* recordings(folder: string): Generator<Recording> {
  yield* mordor(folder);
  yield* evtx(folder);
}

function* mordor(folder: string): Generator<Recording> {
  const labels = new Map<string, { techniques: Set<string>; tactics: Set<string> }>();
  for (const { file, techniques, tactics } of dataRecords<MordorEntry>(`${folder}/mordor/index.json`))
    for (const name of file) {
      const known = labels.get(name) ?? { techniques: new Set(), tactics: new Set() };
      for (const one of techniques) if (one !== 'T0000') known.techniques.add(one);
      for (const one of tactics) known.tactics.add(tacticNames.get(one) ?? one);
      labels.set(name, known);
    }
  for (const [file, { techniques, tactics }] of labels)
    yield {
      set: 'mordor',
      name: file.replace('.ndjson.gz', ''),
      techniques: [...techniques],
      tactics: [...tactics],
      lines: dataLines(`${folder}/mordor/${file}`),
    };
}

function* evtx(folder: string): Generator<Recording> {
  const entries = dataRecords<EvtxEntry>(`${folder}/evtx/index.json`);
  for (const file of new Set(entries.flatMap((entry) => entry.file))) {
    const bySource = Map.groupBy(dataLines(`${folder}/evtx/${file}`), sourceOf);
    for (const { path, techniques, tactic_dir, file: files } of entries) {
      if (!files.includes(file)) continue;
      const lines = (bySource.get(path) ?? []).map(withoutSource);
      yield {
        set: 'evtx',
        name: path,
        techniques,
        tactics: [tactic_dir.replace(/^TA\d+-/, '').replaceAll('_', ' ')],
        lines,
      };
    }
  }
}

function sourceOf(line: string): string {
  const { _src } = JSON.parse(line) as { _src: string };
  return _src;
}

/** The file's name says what was done, so no rule may read it. */
function withoutSource(line: string): string {
  const { _src, ...event } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(event);
}
