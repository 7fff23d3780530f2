import { messages } from './messages.ts';

/** Comments on an incident for whoever has read it. */
export const noticeWords = messages({
  askVerdict: {
    en: 'Closed without a verdict. What was it? `/verdict fp <why>`, `/verdict tp <why>` or `/verdict benign <why>` makes the next one like it faster.',
    ja: '判定なしでクローズされました。何でしたか。`/verdict fp <why>`、`/verdict tp <why>`、`/verdict benign <why>` のどれかを書いておくと、次の同じような件が早く済みます。',
  },
  putOff: {
    en: '**Put off until now.** `/take` it, `/close <verdict> <why>` or `/snooze` it again.',
    ja: '**保留の期限が来ました。** `/take`、`/close <verdict> <why>`、または再度 `/snooze` してください。',
  },
  notTaken: {
    en: (path: string, branch: string) =>
      `GitHub did not take the text of this incident here: the full text is in ${path} on the branch ${branch}.`,
    ja: (path: string, branch: string) =>
      `このインシデントの本文を GitHub が受け付けませんでした。全文はブランチ ${branch} の ${path} にあります。`,
  },
  goesOn: {
    en: (issue: number, person: string | undefined, how: 'deleted' | 'transferred') =>
      `**This incident goes on here.** Its issue, ${issue}, was ${how}${person === undefined ? ', nobody knows by whom' : ` by ${person}, who may not end it`}. What was recommended is to be approved here.`,
    ja: (issue: number, person: string | undefined, how: 'deleted' | 'transferred') =>
      `**このインシデントの続きはここです。** 元の Issue ${issue} は、${person === undefined ? '誰によるものか不明ですが、' : `終わらせる権限のない ${person} によって`}${how === 'deleted' ? '削除' : '移動'}されました。推奨対応の承認はここで行ってください。`,
  },
  oneStory: {
    en: (issue: string, severity: string | undefined) =>
      `**One story:** #${issue} is part of this now, because an alert connects the two.${severity === undefined ? '' : ` Severity is now ${severity}.`} Go on here; what runs there can be undone there.`,
    ja: (issue: string, severity: string | undefined) =>
      `**統合:** アラートが両者を結び付けたため、#${issue} はこのインシデントの一部になりました。${severity === undefined ? '' : `重大度は ${severity} になりました。`}続きはここでお願いします。向こうで実行中のものは、向こうで取り消せます。`,
  },
  openAgain: {
    en: '**Open again:** the same alert came back after this was closed. `/close fp <why>` if it still is nothing.',
    ja: '**再発:** クローズ後に同じアラートがまた来ました。やはり問題なければ `/close fp <why>` と書いてください。',
  },
});
