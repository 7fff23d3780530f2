import { messages } from './messages.ts';

/** Why what was typed is no target of a command. */
export const targetWords = messages({
  link: {
    en: 'a link is not a target; name its domain or address',
    ja: 'リンクは対象にできません。ドメインかアドレスを書いてください',
  },
  network: {
    en: 'networks are not blocked by command; name one address',
    ja: 'ネットワークはコマンドでブロックできません。アドレスを 1 つ書いてください',
  },
  mail: {
    en: 'a mail address is not a target; name its domain',
    ja: 'メールアドレスは対象にできません。ドメインを書いてください',
  },
  letters: {
    en: 'write the name in its xn-- form, so that no letter is mistaken',
    ja: '文字を取り違えないように、xn-- の形で書いてください',
  },
  neither: { en: 'that is neither an IP address nor a domain', ja: 'IP アドレスでもドメインでもありません' },
});
