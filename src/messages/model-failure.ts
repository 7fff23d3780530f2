import { messages } from './messages.ts';

/** Why a model gave no answer, for the reader of an incident and for whoever runs Yagura. */
export const modelFailureWords = messages({
  late: {
    en: (server: string) => `The model server ${server} did not answer in time.`,
    ja: (server: string) => `モデルのサーバー ${server} から時間内に応答がありませんでした。`,
  },
  unreachable: {
    en: (server: string, code: string | undefined) =>
      `The model server ${server} could not be reached${code ? ` (${code})` : ''}: check ANTHROPIC_BASE_URL and the network.`,
    ja: (server: string, code: string | undefined) =>
      `モデルのサーバー ${server} に接続できません${code ? ` (${code})` : ''}。ANTHROPIC_BASE_URL とネットワークを確認してください。`,
  },
  early: {
    en: (server: string) => `The model server ${server} ended its answer too early.`,
    ja: (server: string) => `モデルのサーバー ${server} からの応答が途中で終わりました。`,
  },
  says: { en: (said: string) => ` — it says: ${said}`, ja: (said: string) => ` (サーバーの応答: ${said})` },
  overloaded: {
    en: (server: string, says: string) => `The model server ${server} is overloaded or limits us${says}.`,
    ja: (server: string, says: string) => `モデルのサーバー ${server} が過負荷か、利用制限中です${says}。`,
  },
  fault: {
    en: (server: string, says: string) => `The model server ${server} has a fault${says}.`,
    ja: (server: string, says: string) => `モデルのサーバー ${server} で障害が起きています${says}。`,
  },
  limits: {
    en: (server: string, says: string) =>
      `The model server ${server} limits us, and says that waiting does not help${says}.`,
    ja: (server: string, says: string) =>
      `モデルのサーバー ${server} の利用制限です。待っても解消しないとのことです${says}。`,
  },
  key: {
    en: (server: string, says: string) => `The model server ${server} refused the key: check ANTHROPIC_API_KEY${says}.`,
    ja: (server: string, says: string) =>
      `モデルのサーバー ${server} にキーを拒否されました。ANTHROPIC_API_KEY を確認してください${says}。`,
  },
  mayNot: {
    en: (model: string, server: string, says: string) =>
      `The key in ANTHROPIC_API_KEY may not use the model ${model} at ${server}${says}.`,
    ja: (model: string, server: string, says: string) =>
      `ANTHROPIC_API_KEY のキーでは ${server} のモデル ${model} を使えません${says}。`,
  },
  noModel: {
    en: (model: string, server: string, says: string) =>
      `The server ${server} has no model ${model}, or no /v1/messages: check YAGURA_MODEL and ANTHROPIC_BASE_URL${says}.`,
    ja: (model: string, server: string, says: string) =>
      `サーバー ${server} にモデル ${model} か /v1/messages がありません。YAGURA_MODEL と ANTHROPIC_BASE_URL を確認してください${says}。`,
  },
  refused: {
    en: (server: string, status: number | undefined, says: string) =>
      `The model server ${server} refused the request${status === undefined ? '' : ` (HTTP ${status})`}${says}.`,
    ja: (server: string, status: number | undefined, says: string) =>
      `モデルのサーバー ${server} に${status === undefined ? '' : ` HTTP ${status} で`}要求を拒否されました${says}。`,
  },
  givenUp: {
    en: (sentence: string, tried: number) => `${sentence} Given up after ${tried} ${tried === 1 ? 'try' : 'tries'}.`,
    ja: (sentence: string, tried: number) => `${sentence}${tried} 回試して中止しました。`,
  },
  stopped: { en: 'The request to the model was stopped.', ja: 'モデルへの要求は停止されました。' },
});
