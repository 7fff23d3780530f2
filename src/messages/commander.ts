import { messages } from './messages.ts';

/** What is answered before a command runs, or instead of it. */
export const commanderWords = messages({
  noCommand: {
    en: (name: string, near: string | undefined) =>
      `there is no command ${name}; ${near === undefined ? '' : `did you mean \`/${near}\`? `}\`/help\` lists them`,
    ja: (name: string, near: string | undefined) =>
      `${name} というコマンドはありません。${near === undefined ? '' : `\`/${near}\` のことですか。`}一覧は \`/help\` で見られます`,
  },
  needsRight: {
    en: (right: string, holders: string, because: string) => `needs the right ${right}: ${holders} (you: ${because})`,
    ja: (right: string, holders: string, because: string) =>
      `${right} の権限が必要です。権限のある人: ${holders} (あなた: ${because})`,
  },
  noIncident: {
    en: 'this issue is no incident of Yagura; `/adopt` makes it one',
    ja: 'この Issue は Yagura のインシデントではありません。`/adopt` でインシデントになります',
  },
  ownIssue: {
    en: "this issue is Yagura's own and no incident; write it in the issue of an incident",
    ja: 'この Issue は Yagura のもので、インシデントではありません。インシデントの Issue に書いてください',
  },
  ownPart: {
    en: (entity: string, others: string) =>
      `you are part of this incident as ${entity}: somebody else decides here (${others})`,
    ja: (entity: string, others: string) =>
      `あなたは ${entity} としてこのインシデントに関わっています。判断は別の人が行います (${others})`,
  },
  movedTo: {
    en: (issue: string) => `this is part of another story now; go on in #${issue}`,
    ja: (issue: string) => `別のインシデントに統合されました。続きは #${issue} でお願いします`,
  },
  moved: { en: 'this is part of another story', ja: '別のインシデントに統合されました' },
  tooMany: {
    en: (limit: number) => `only the first ${limit} commands of a comment are run; write the rest in another`,
    ja: (limit: number) => `1 つのコメントで実行するのは最初の ${limit} 件までです。残りは別のコメントに書いてください`,
  },
  failed: {
    en: 'it failed inside Yagura and nothing was done; the log of the app has the reason',
    ja: 'Yagura の内部で失敗し、何も行っていません。理由はアプリのログにあります',
  },
  notRun: { en: (why: string) => `not run: ${why}`, ja: (why: string) => `実行していません: ${why}` },
  noneInIt: { en: 'no command in it', ja: 'コマンドがありません' },
  deleted: { en: 'it was deleted', ja: 'コメントが削除されました' },
  noPerson: { en: 'it is not a person who wrote it', ja: '書いたのが人ではありません' },
  otherAccount: { en: 'another account wrote it', ja: '別のアカウントが書いたものです' },
  edited: {
    en: 'it was edited; write it in a new comment',
    ja: 'コメントが編集されています。新しいコメントに書いてください',
  },
  elsewhere: { en: 'it stands on another issue now', ja: '今は別の Issue にあります' },
});
