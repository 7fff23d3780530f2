import type { ReceiptLine } from '../domain/comment-command.ts';
import type { Language } from '../domain/locale.ts';
import { receiptWords } from '../messages/receipt.ts';
import { marker } from './marker.ts';
import { code, person } from './text.ts';

const signs: Record<ReceiptLine['state'], string> = {
  pending: '⏳',
  running: '⏳',
  waiting: '⏳',
  done: '✅',
  refused: '⛔',
  failed: '❌',
};

/** The one receipt of a comment: posted at once, edited until every line is done. */
export function renderReceipt(commentId: string, author: string, lines: ReceiptLine[], language: Language): string {
  const words = receiptWords(language);
  const said = lines.map((line) => {
    if (line.state === 'pending') return `${signs.pending} ${code(line.text, 120)} ${words.received}`;
    const parts = [line.understood, line.answer].filter((part) => part !== '');
    return `${signs[line.state]} ${code(line.text, 120)} ${parts.join(line.answer.startsWith('\n') ? '' : ': ')}`.trimEnd();
  });
  const first =
    lines.length === 1 ? said : [words.commands(person(author), lines.length), ...said.map((s) => `- ${s}`)];
  return [...first, '', marker('receipt', commentId)].join('\n');
}

/** The one comment of an issue for people without a right there: latest answers first, most of them no. */
export function renderRefusals(
  issue: number,
  answers: { author: string; text: string; state?: ReceiptLine['state']; answer: string }[],
): string {
  const lines = answers.map(
    (r) => `- ${signs[r.state ?? 'refused']} ${person(r.author)} ${code(r.text, 120)}: ${r.answer}`,
  );
  return [...lines, '', marker('refusal', String(issue))].join('\n');
}
