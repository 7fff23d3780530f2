import { messages } from './messages.ts';

/** Why an alert is in its incident. */
export const joinReasonWords = messages({
  first: { en: 'first alert of this incident', ja: 'このインシデントの最初のアラート' },
  step: { en: 'a step of an alert that was closed here', ja: 'ここでクローズ済みのアラートのその後の動き' },
  returned: {
    en: 'the same alert came back after this was closed',
    ja: 'クローズ後に同じアラートが再び発生',
  },
  shares: {
    en: (what: string, far: string) => `shares ${what}, ${far}`,
    ja: (what: string, far: string) => `${what} が共通(${far})`,
  },
  sameAlert: { en: 'rule and fields', ja: 'ルールとフィールド' },
  within: { en: 'seen before and after it', ja: 'その前後に観測' },
  after: {
    en: (length: string) => `${length} after it was last seen`,
    ja: (length: string) => `最後の観測から ${length}後`,
  },
  before: {
    en: (length: string) => `${length} before it was first seen`,
    ja: (length: string) => `最初の観測の ${length}前`,
  },
});
