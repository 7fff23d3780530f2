import { messages } from './messages.ts';

/** Why an advisory, or what a scanner found, is about a repository no more. */
export const exposureEndWords = messages({
  gone: {
    en: 'the dependency graph has it in no such version any more',
    ja: '依存関係グラフに該当バージョンがなくなりました',
  },
  withdrawn: { en: 'the advisory was withdrawn', ja: 'アドバイザリが取り下げられました' },
  unwatched: { en: 'the repository is not watched any more', ja: 'リポジトリが監視の対象から外れました' },
  malicious: {
    en: 'it is a malicious package: the advisory is a threat of its own now',
    ja: '悪意のあるパッケージです。アドバイザリは脅威として別に扱います',
  },
  harmless: {
    en: 'GitHub does not call the package malicious any more',
    ja: 'GitHub はこのパッケージを悪意のあるものとしなくなりました',
  },
});
