import { messages } from './messages.ts';

/** What each command does, as `/help` says it. */
export const summaryWords = messages({
  adopt: {
    en: 'make this issue an incident; in the inventory or a digest, give these an issue each',
    ja: 'この Issue をインシデントにする。棚卸しやダイジェストでは、指定したものの Issue を作成する',
  },
  approve: { en: 'let what is recommended happen', ja: '推奨された対応を承認して実行する' },
  ask: {
    en: 'ask the model about this incident; it answers here, from evidence',
    ja: 'このインシデントについてモデルに質問する。証拠に基づいてここで答える',
  },
  block: { en: 'block an address or a domain for a while', ja: 'アドレスかドメインを一定時間ブロックする' },
  close: { en: 'give the verdict and close', ja: '判定を付けてクローズする' },
  handover: {
    en: 'give it to somebody, with what waits for them',
    ja: '残っていることを添えて、担当をほかの人に引き継ぐ',
  },
  help: { en: 'what can be typed here, and by whom', ja: '使えるコマンドと、使える人を表示する' },
  investigate: {
    en: 'look again, now; with a model, at what you name',
    ja: '今すぐもう一度調べる。モデルがあれば、書かれた点を調べる',
  },
  redact: {
    en: 'take a text out of everything kept of this incident, and say where it cannot be',
    ja: 'このインシデントの保存データから文字列を取り除き、取り除けない場所を知らせる',
  },
  reject: { en: 'say no to a recommendation', ja: '推奨対応を却下する' },
  reopen: { en: 'open a closed incident again', ja: 'クローズしたインシデントを再び開く' },
  severity: {
    en: 'set the severity; a worse alert raises it again',
    ja: '重大度を設定する。より深刻なアラートが来ると再び上がる',
  },
  snooze: {
    en: 'put it off until then; a new alert ends it',
    ja: '指定の時まで保留する。新しいアラートが来ると終わる',
  },
  stop: {
    en: "stop the model's investigation; what it has found by then is reported",
    ja: 'モデルの調査を止める。それまでに分かったことは報告する',
  },
  take: { en: 'say that you have this', ja: '自分が担当すると知らせる' },
  unblock: {
    en: 'take back every block of a target in this issue repository, whichever incident asked for it',
    ja: 'この Issue リポジトリのどのインシデントのものでも、対象のブロックをすべて取り消す',
  },
  undo: { en: 'take back a task', ja: 'タスクを取り消す' },
  verdict: { en: 'say what it is, without closing', ja: 'クローズせずに判定を付ける' },
});
