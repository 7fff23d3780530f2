import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { evalCloudTechniques, evalLogTypes } from '../bench/eval-detect/eval-cloud.ts';
import { evalRawLogs, evalWeb } from '../bench/eval-detect/eval-logs.ts';
import { evalRecordings } from '../bench/eval-detect/eval-recordings.ts';
import { readRuleFiles } from '../src/cli/detect/rule-files.ts';
import { readRules } from '../src/detect/read-rules.ts';
import { replacePart } from './docs/replace-part.ts';

const page = new URL('../docs/detection-coverage.md', import.meta.url);
const beside = fileURLToPath(new URL('../../shared/data', import.meta.url));
const detections = fileURLToPath(new URL('../examples/config-repo/detections', import.meta.url));

/** `npm run eval:detect -- [folder] [--only part] [--write]`: what the rules see; see docs/detection-coverage.md. */
async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  const folder = positionals[0] ?? beside;
  if (!existsSync(`${folder}/sigma/rules`)) {
    console.error(`eval:detect: ${folder} does not hold sigma/rules; name the folder that does.`);
    process.exitCode = 2;
    return;
  }
  const community = readRuleFiles([`${folder}/sigma`]);
  const ours = readRuleFiles([detections]);
  const [theirs, own, both] = [readRules(community), readRules(ours), readRules([...community, ...ours])];
  const ownIds = new Set([...own.rules, ...own.correlations].map(({ id }) => id));
  const parts: [string, () => Promise<string>][] = [
    ['recordings', () => evalRecordings(folder, theirs)],
    ['cloud-techniques', () => evalCloudTechniques(folder, both, ownIds)],
    ['log-types', () => evalLogTypes(folder, both, ownIds)],
    ['web', () => evalWeb(folder, both)],
    ['raw-logs', () => evalRawLogs(folder, both)],
  ];
  const off = theirs.problems.length;
  const rules = `Rules: ${theirs.rules.length} of SigmaHQ (${off} more are off), ${own.rules.length} rules and ${own.correlations.length} correlations of ours. Measured on ${new Date().toISOString().slice(0, 10)}.`;
  console.log(rules);
  let text = values.write ? replacePart(readFileSync(page, 'utf8'), 'eval:rules', rules) : '';
  for (const [name, measure] of parts) {
    if (values.only !== undefined && values.only !== name) continue;
    const tables = await measure();
    console.log(`\n${name}\n\n${tables}`);
    if (values.write) text = replacePart(text, `eval:${name}`, tables);
  }
  if (values.write) writeFileSync(page, text);
}

await run();
