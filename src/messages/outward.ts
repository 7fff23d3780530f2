import { messages } from './messages.ts';

/** Why a value is not told to anybody outside. */
export const outwardWords = messages({
  url: {
    en: 'A URL is never looked up outside; its path may carry what nobody should be told.',
    ja: 'URL を外部に照会することはない。パスに漏らしてはならない情報が含まれうる。',
  },
  type: {
    en: (type: string) => `A ${type} is not looked up outside; addresses, domains and file hashes are.`,
    ja: (type: string) => `${type} は外部に照会しない。照会するのはアドレス、ドメイン、ファイルハッシュのみ。`,
  },
  form: { en: 'It is not written as a value of its type.', ja: 'その種別の値の書き方になっていない。' },
  unknown: { en: 'It is no entity of this incident.', ja: 'このインシデントのエンティティではない。' },
  textOnly: {
    en: 'It stands only in free text, which anybody may have written.',
    ja: '誰でも書ける自由記述の中にしか現れない。',
  },
  own: {
    en: (file: string) => `It belongs to the organization (${file}).`,
    ja: (file: string) => `自組織のもの(${file})。`,
  },
  notPublic: { en: 'It is no address of the public internet.', ja: 'インターネット上の公開アドレスではない。' },
  inside: { en: 'It is a name of an inside network.', ja: '内部ネットワークの名前。' },
  long: {
    en: 'It is so long that it may carry data outside.',
    ja: '長すぎるため、データの持ち出しに使われうる。',
  },
  random: {
    en: 'A part of it looks random, so that it may carry data outside.',
    ja: '一部が乱数のように見え、データの持ち出しに使われうる。',
  },
});
