import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createDetectionCheck } from '../../src/cli/detection-check.ts';
import { read } from './pages.ts';

const blocks = [...read('docs/detections.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

it('the rule of the page on detections passes its tests, without a warning', () => {
  const [rule = ''] = blocks.filter((text) => text.includes('detection:'));
  expect(createDetectionCheck()([{ path: 'detections/miner.yml', text: rule }], {})).toEqual({
    problems: [],
    warnings: [],
  });
});

it('its other blocks are YAML', () => {
  expect(blocks).toHaveLength(3);
  for (const text of blocks)
    for (const document of parseAllDocuments(text)) expect(document).toMatchObject({ errors: [] });
});
