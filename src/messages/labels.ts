import { messages } from './messages.ts';

/** What a label says of itself; names of labels never change. */
export const labelsWords = messages({
  incident: {
    en: 'One story of one or more alerts, kept by Yagura',
    ja: '1 件以上のアラートからなる一連の出来事。Yagura が管理',
  },
  approval: {
    en: 'A recommendation waits for a person with the right',
    ja: '推奨対応が権限のある人の承認を待っています',
  },
  verdict: { en: 'Closed without a verdict', ja: '判定なしでクローズされました' },
  human: {
    en: 'Judge for yourself: planted instructions, or the model and others disagree',
    ja: '自分で判断してください: 埋め込まれた指示がある、またはモデルとほかの見解が異なる',
  },
  kind: { en: 'What kind of alert this is', ja: 'アラートの種類' },
  severity: { en: 'Severity after the policy floors', ja: 'ポリシーの下限を適用した重大度' },
  given: {
    en: 'With ? proposed, without confirmed by a person',
    ja: '? 付きは提案、? なしは人が確認済み',
  },
});
