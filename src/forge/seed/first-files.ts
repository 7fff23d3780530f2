import type { FileChange } from '../operations/commits.ts';

const README_TEXT = `# Security operations

Every incident is an issue here. Open one, read the first ten lines, and answer with a command; \`/help\` lists them.

Seen something odd yourself? Open an issue with the form **Report something suspicious**.
`;

const FORM_TEXT = `name: Report something suspicious
description: Tell the security team what you saw. You need not be sure.
title: "Report: "
labels: ["report"]
body:
  - type: textarea
    id: what
    attributes:
      label: What did you see?
      description: In your own words. Paste the message, address or file name if you have it.
    validations:
      required: true
  - type: input
    id: where
    attributes:
      label: Where?
      description: The machine, account, address or link.
  - type: input
    id: when
    attributes:
      label: When?
`;

export const README: FileChange = { path: 'README.md', content: Buffer.from(README_TEXT) };
export const ISSUE_FORM: FileChange = {
  path: '.github/ISSUE_TEMPLATE/report.yml',
  content: Buffer.from(FORM_TEXT),
};
