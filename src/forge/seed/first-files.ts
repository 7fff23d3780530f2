import { readFileSync } from 'node:fs';
import type { FileChange } from '../operations/commits.ts';

const README_TEXT = `# Security operations

Every incident is an issue here. Open one, read the first ten lines, and answer with a command; \`/help\` lists them.

Seen something odd yourself? Open an issue with the form **Report something suspicious**.
`;

/** The form that ships with Yagura for real issue repositories is also the demo's. */
const form = new URL('../../../.github/ISSUE_TEMPLATE/report.yml', import.meta.url);

export const README: FileChange = { path: 'README.md', content: Buffer.from(README_TEXT) };
export const ISSUE_FORM: FileChange = {
  path: '.github/ISSUE_TEMPLATE/report.yml',
  content: readFileSync(form),
};
