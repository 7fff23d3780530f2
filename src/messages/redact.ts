import { messages } from './messages.ts';

/** Answers of `/redact`. */
export const redactWords = messages({
  ownComment: {
    en: 'write it in a comment of its own, so that the text can be told',
    ja: '対象の文字列が分かるように、このコマンドだけのコメントに書いてください',
  },
  sayWhat: {
    en: 'say what is to go: the text, and nothing else in the line',
    ja: '取り除く文字列だけを、同じ行に書いてください',
  },
  tooShort: {
    en: 'it is too short: parts of other words would go too',
    ja: '短すぎます。ほかの語の一部まで消えてしまいます',
  },
  takeOut: {
    en: (characters: number) => `take a text of ${characters} characters out`,
    ja: (characters: number) => `${characters} 文字の文字列を取り除く`,
  },
  nowhere: {
    en: 'it stands nowhere in what Yagura keeps of this incident. Where it may stand:',
    ja: 'Yagura が保存しているこのインシデントのデータにはありません。残っている可能性がある場所:',
  },
  standsNow: {
    en: (mark: string, list: string) =>
      `${mark} stands for it now in: ${list}. Our own issue and comments are edited next. Where it still is:`,
    ja: (mark: string, list: string) =>
      `${mark} に置き換えました: ${list}。続いて Yagura の Issue とコメントを編集します。まだ残っている場所:`,
  },
  comment: {
    en: '**your comment** with this command: delete it',
    ja: 'このコマンドを書いた**あなたのコメント**: 削除してください',
  },
  people: {
    en: '**what people wrote here** (comments, the title if somebody changed it, Notes): edit or delete it',
    ja: 'ここに**人が書いたもの** (コメント、変更されたタイトル、メモ): 編集か削除をしてください',
  },
  history: {
    en: '**edit history**: GitHub keeps what an issue or a comment read before; somebody with write access opens “edited” and deletes each revision. The branch `yagura/data` keeps its commits',
    ja: '**編集履歴**: GitHub は Issue とコメントの以前の内容を残します。書き込み権限のある人が「編集済み」を開き、版ごとに削除してください。ブランチ `yagura/data` のコミットも残ります',
  },
  mails: { en: '**mails and notifications** that went out', ja: '送信済みの**メールと通知**' },
  backups: {
    en: '**backups** of the database, until they are overwritten',
    ja: '上書きされるまでの、データベースの**バックアップ**',
  },
  ledger: {
    en: (rows: number) => `**the ledger**: ${rows} rows hold it, and nothing is ever changed there`,
    ja: (rows: number) => `**台帳**: ${rows} 行に含まれます。台帳は決して変更しません`,
  },
  acting: {
    en: (ids: string) => `**${ids}** act on it: what was approved stays as it was approved`,
    ja: (ids: string) => `**${ids}** の対象です。承認されたものは承認時のまま残ります`,
  },
  provider: {
    en: '**the model provider**, if a model saw this incident: by its terms of retention',
    ja: 'モデルがこのインシデントを見た場合は、**モデルの提供元**: 提供元の保存規約によります',
  },
  product: {
    en: '**the product** it came from: what it sends from now on is written again, unless `policies/privacy.md` masks it',
    ja: '**送信元の製品**: `policies/privacy.md` でマスクしない限り、今後送られてくるものはまた保存されます',
  },
});
