import { messages } from './messages.ts';

/** Why the gates took a sentence of a model out. */
export const dropReasonWords = messages({
  citesNothing: { en: 'cites nothing', ja: '証拠を示していない' },
  noSuchEvidence: { en: 'names evidence that does not exist', ja: '存在しない証拠を挙げている' },
  quotesNothing: { en: 'quotes what is not there', ja: '記録にない文を引用している' },
  noSuchIndicator: { en: 'names an indicator no evidence has', ja: 'どの証拠にもないインジケーターを挙げている' },
  markup: { en: 'holds a link or markup', ja: 'リンクまたはマークアップを含む' },
  tooLong: { en: 'is too long', ja: '長すぎる' },
  saysNothing: { en: 'says nothing', ja: '内容がない' },
  tooMany: { en: 'more than a report may hold', ja: '報告書に載せられる数を超えている' },
  noSuchTechnique: {
    en: 'names an ATT&CK technique that does not exist',
    ja: '存在しない ATT&CK のテクニックを挙げている',
  },
  oldTechnique: {
    en: 'names an ATT&CK technique that is no longer used',
    ja: '廃止された ATT&CK のテクニックを挙げている',
  },
  notOffered: { en: 'recommends what the policy does not offer', ja: 'ポリシーが示していない対応を勧めている' },
});
