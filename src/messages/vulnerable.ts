import { messages } from './messages.ts';

/** Where a vulnerable package is and what mends it. */
export const vulnerableWords = messages({
  mended: { en: '**Mended everywhere**', ja: '**すべて修正済み**' },
  toMend: {
    en: (left: number, total: number, version: string | undefined) =>
      `**To mend: ${left} of ${total}**${version === undefined ? '' : `, fixed in ${version}`}; it closes by itself when its source says that all are`,
    ja: (left: number, total: number, version: string | undefined) =>
      `**要修正: ${total} 件中 ${left} 件**${version === undefined ? '' : `、修正版 ${version}`}。検知元がすべて修正済みと報告すると、自動でクローズします。`,
  },
  inManifest: {
    en: (name: string, manifest: string) => `${name} in ${manifest}`,
    ja: (name: string, manifest: string) => `${manifest} の ${name}`,
  },
  owner: { en: (owner: string) => `owner ${owner}`, ja: (owner: string) => `担当 ${owner}` },
  noOwner: { en: 'no owner named', ja: '担当の指定なし' },
  open: { en: '**open**', ja: '**未修正**' },
  openAgain: { en: '**open again**', ja: '**再発**' },
  fixed: { en: '✅ fixed', ja: '✅ 修正済み' },
  dismissed: {
    en: (why: string | undefined) => `➖ dismissed${why === undefined ? '' : ` (${why})`}`,
    ja: (why: string | undefined) => `➖ 却下${why === undefined ? '' : ` (${why})`}`,
  },
});
