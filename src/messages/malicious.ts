import { messages } from './messages.ts';

/** Where a malicious package is or was, and what ran with it. */
export const maliciousWords = messages({
  title: {
    en: (count: number) =>
      `**A malicious package, in ${count} ${count === 1 ? 'repository' : 'repositories'}**: what ran with it may have given away what it could reach`,
    ja: (count: number) =>
      `**悪意のあるパッケージ (${count} リポジトリ)**: 一緒に実行されたものは、触れられる情報を漏らした可能性があります`,
  },
  inFile: {
    en: (name: string, file: string) => `${name} in ${file}`,
    ja: (name: string, file: string) => `${file} の ${name}`,
  },
  noFile: {
    en: (name: string) => `${name}, lock file not told`,
    ja: (name: string) => `${name} (ロックファイルは不明)`,
  },
  gone: { en: 'not there any more', ja: '現在はなし' },
  dismissed: {
    en: (why: string | undefined) => `dismissed${why === undefined ? '' : ` (${why})`}, which says not that it is gone`,
    ja: (why: string | undefined) => `却下済み (${why === undefined ? '' : `${why}。`}除去されたとは限りません)`,
  },
  runs: {
    en: (count: number, from: string, to: string) =>
      `${count} ${count === 1 ? 'run' : 'runs'} of workflows from ${from} to ${to}`,
    ja: (count: number, from: string, to: string) => `${from} から ${to} までのワークフロー実行 ${count} 件`,
  },
  run: {
    en: (path: string, id: number, at: string) => `${path} run ${id}, ${at}`,
    ja: (path: string, id: number, at: string) => `${path} 実行 ${id}、${at}`,
  },
  unread: {
    en: (why: string, from: string, to: string) =>
      `its runs of workflows could not be read (${why}): look at those from ${from} to ${to}`,
    ja: (why: string, from: string, to: string) =>
      `ワークフロー実行を読めませんでした (${why})。${from} から ${to} までを確認してください`,
  },
  notLooked: { en: 'runs of workflows not looked at yet', ja: 'ワークフロー実行は未確認' },
});
