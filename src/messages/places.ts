import { messages } from './messages.ts';

/** Of what rows `/redact` took a text out, and how many. */
export const placeWords = messages({
  rawRecords: { en: (rows: number) => `${rows} raw records`, ja: (rows: number) => `生レコード ${rows} 件` },
  advisories: { en: (rows: number) => `${rows} advisories`, ja: (rows: number) => `アドバイザリ ${rows} 件` },
  alerts: { en: (rows: number) => `${rows} alerts`, ja: (rows: number) => `アラート ${rows} 件` },
  incidents: { en: (rows: number) => `${rows} incidents`, ja: (rows: number) => `インシデント ${rows} 件` },
  evidence: { en: (rows: number) => `${rows} pieces of evidence`, ja: (rows: number) => `証拠 ${rows} 件` },
  matches: {
    en: (rows: number) => `${rows} events that rules matched`,
    ja: (rows: number) => `ルールに一致したイベント ${rows} 件`,
  },
  recommendations: { en: (rows: number) => `${rows} recommendations`, ja: (rows: number) => `推奨対応 ${rows} 件` },
  tasks: { en: (rows: number) => `${rows} tasks`, ja: (rows: number) => `タスク ${rows} 件` },
  emergencies: {
    en: (rows: number) => `${rows} reasons for what ran alone`,
    ja: (rows: number) => `単独実行の理由 ${rows} 件`,
  },
  runs: { en: (rows: number) => `${rows} runs of the model`, ja: (rows: number) => `モデルの実行 ${rows} 件` },
  steps: { en: (rows: number) => `${rows} steps of those`, ja: (rows: number) => `その手順 ${rows} 件` },
  comments: {
    en: (rows: number) => `${rows} comments of people, as Yagura keeps them`,
    ja: (rows: number) => `Yagura が保存する人のコメント ${rows} 件`,
  },
  commands: { en: (rows: number) => `${rows} commands`, ja: (rows: number) => `コマンド ${rows} 件` },
  texts: { en: (rows: number) => `${rows} texts for GitHub`, ja: (rows: number) => `GitHub 向けの文章 ${rows} 件` },
  notifications: { en: (rows: number) => `${rows} notifications`, ja: (rows: number) => `通知 ${rows} 件` },
  webhooks: {
    en: (rows: number) => `${rows} webhooks of the last month`,
    ja: (rows: number) => `直近 1 か月の webhook ${rows} 件`,
  },
  entities: { en: (rows: number) => `${rows} entities`, ja: (rows: number) => `エンティティ ${rows} 件` },
  joinKeys: {
    en: (rows: number) => `${rows} keys that join alerts`,
    ja: (rows: number) => `アラートを結び付けるキー ${rows} 件`,
  },
});
