import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asWritten, inEnvelope, readLabelled, readStream, verdictFigures } from '../bench/eval/ait-verdict.ts';

const beside = fileURLToPath(new URL('../../shared/data', import.meta.url));

/** `node scripts/eval-verdict.ts [folder]`: how well a plain score tells labelled alerts apart; see docs/evaluation.md. */
function run(): void {
  const folder = process.argv[2] ?? beside;
  if (!existsSync(`${folder}/ait-verdict/labels.json`)) {
    console.error(`eval-verdict: ${folder} does not hold ait-verdict/labels.json; name the folder that does.`);
    process.exitCode = 2;
    return;
  }
  const labelled = readLabelled(`${folder}/ait-verdict`);
  const file = `${folder}/ait-ads/fox.alerts.ndjson.gz`;
  const stream = existsSync(file) ? readStream(file) : undefined;
  const percent = (share: number) => (Number.isNaN(share) ? 'none' : share.toFixed(2));
  console.log('alerts | sent | among | number | not read | abstained | balanced accuracy: decided, forced, strict');
  for (const product of ['all', ...new Set(labelled.map((one) => one.product))]) {
    const chosen = labelled.filter((one) => product === 'all' || one.product === product);
    const rows = [
      ['as written', 'the sample', verdictFigures(chosen, asWritten)],
      ['in an envelope', 'the sample', verdictFigures(chosen, inEnvelope)],
      ...(stream ? [['in an envelope', 'all of those days', verdictFigures(chosen, inEnvelope, stream)] as const] : []),
    ] as const;
    for (const [sent, among, f] of rows) {
      const accuracy = [f.decided, f.forced, f.strict].map(percent).join(', ');
      console.log([product, sent, among, f.alerts, f.unread, f.abstained, accuracy].join(' | '));
    }
  }
}

run();
