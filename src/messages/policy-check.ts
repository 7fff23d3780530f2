import { messages } from './messages.ts';

/** The check run of a commit of the config repository. */
export const policyCheckWords = messages({
  reading: { en: 'Reading', ja: '読み込み中' },
  goodNothing: { en: 'Good; nothing changes', ja: '問題なし。変更はありません' },
  goodChanges: {
    en: (count: number) => `Good; ${count} change${count === 1 ? '' : 's'}`,
    ja: (count: number) => `問題なし。変更 ${count} 件`,
  },
  nothing: {
    en: 'Merging this changes nothing of the policy in force.\n',
    ja: 'マージしても、有効なポリシーは何も変わりません。\n',
  },
  lookTwice: { en: '**Look twice: merging this**', ja: '**要確認: マージすると**' },
  merging: { en: '**Merging this**', ja: '**マージすると**' },
  also: { en: '**Merging this also**', ja: '**ほかに、マージすると**' },
  annotation: {
    en: (change: string) => `Merging this ${change}.`,
    ja: (change: string) => `マージすると: ${change}`,
  },
  warnings: {
    en: (count: number) => `${count} warning${count === 1 ? '' : 's'}`,
    ja: (count: number) => `警告 ${count} 件`,
  },
  titleAnd: {
    en: (title: string, warnings: string) => `${title}, ${warnings}`,
    ja: (title: string, warnings: string) => `${title}、${warnings}`,
  },
  warningsHead: {
    en: (warnings: string) => `\n**${warnings}**; nothing is kept from working:\n\n`,
    ja: (warnings: string) => `\n**${warnings}**。動作には影響しません:\n\n`,
  },
  lastGood: { en: 'the last good commit or safe defaults', ja: '最後に正しかったコミットまたは安全な既定値' },
  broken: {
    en: (inForce: string) =>
      `Merged like this, nothing of it would take effect: ${inForce} stays in force, with a banner in every issue.\n\n`,
    ja: (inForce: string) =>
      `このままマージしても反映されません。${inForce} が有効なままで、すべての Issue に警告が表示されます。\n\n`,
  },
  unreadable: { en: 'The policy could not be read', ja: 'ポリシーを読み込めませんでした' },
  problems: {
    en: (count: number) => `${count} problem${count === 1 ? '' : 's'}`,
    ja: (count: number) => `問題 ${count} 件`,
  },
  more: { en: (count: number) => `… and ${count} more`, ja: (count: number) => `… ほか ${count} 件` },
  failed: { en: 'The commit could not be checked', ja: 'コミットを検査できませんでした' },
  askAgain: {
    en: (why: string) => `${why}\n\nAsk for the check again; if it fails again, the log of the app has the reason.`,
    ja: (why: string) =>
      `${why}\n\nもう一度チェックを実行してください。再び失敗する場合、理由はアプリのログにあります。`,
  },
});
