import type { Language } from '../../domain/locale.ts';

/** What the script says of a kind of alert: two readings, and what would tell them apart. */
export interface Wording {
  bad: string;
  good: string;
  ask: string;
  who: string;
}

type Both<T> = Record<Language, T>;

const threat: Both<Wording> = {
  en: {
    bad: 'Somebody who should not be there did this.',
    good: 'It is work of ours that looks like an attack.',
    ask: 'Does it still go on?',
    who: 'whoever can look at what is affected',
  },
  ja: {
    bad: '権限のない何者かによる操作です。',
    good: '自分たちの作業が攻撃のように見えているだけです。',
    ask: '今も続いていますか?',
    who: '影響を受けたものを確認できる人',
  },
};

const wordings: Readonly<Record<string, Both<Wording>>> = {
  vulnerability: {
    en: {
      bad: 'What we run can be attacked through this flaw.',
      good: 'Our code never gets to the flaw.',
      ask: 'Where else is the affected version in use?',
      who: "the repository's owner",
    },
    ja: {
      bad: '稼働中のものがこの脆弱性を通じて攻撃されるおそれがあります。',
      good: '自分たちのコードは脆弱な箇所を通りません。',
      ask: '影響を受けるバージョンはほかにどこで使われていますか?',
      who: 'リポジトリの管理者',
    },
  },
  'leaked-secret': {
    en: {
      bad: 'Somebody may have read the secret and be using it.',
      good: 'Nobody but us could read it, or it opens nothing any more.',
      ask: 'Was the secret used by anybody but us since it leaked?',
      who: 'whoever can read the logs of what it opens',
    },
    ja: {
      bad: '何者かがシークレットを読み、使っているおそれがあります。',
      good: '自分たち以外は読めなかったか、すでに無効です。',
      ask: '漏えい後、自分たち以外がこのシークレットを使いましたか?',
      who: '接続先のログを確認できる人',
    },
  },
  misconfiguration: {
    en: {
      bad: 'The setting lets somebody in who should not be.',
      good: 'The setting is meant to be so.',
      ask: 'Who can get in because of this setting?',
      who: 'the owner of what is affected',
    },
    ja: {
      bad: 'この設定により、入れてはならない人が入れます。',
      good: '意図した設定です。',
      ask: 'この設定によって誰が入れますか?',
      who: '影響を受けるものの管理者',
    },
  },
  advisory: {
    en: {
      bad: 'What the notice warns of concerns us.',
      good: 'We do not use what the notice warns of.',
      ask: 'Do we use what the notice names?',
      who: 'the owner of what is affected',
    },
    ja: {
      bad: '注意喚起の内容は自分たちに関係します。',
      good: '注意喚起の対象を使っていません。',
      ask: '注意喚起の対象を使っていますか?',
      who: '影響を受けるものの管理者',
    },
  },
};

export function wordingOf(kind: string | undefined, language: Language): Wording {
  return (wordings[kind ?? ''] ?? threat)[language];
}

/** What else the script says. */
interface Saying {
  nothing: string;
  names(title: string): string;
  reported(product: string, title: string): string;
  course(first: string, worst: string): string;
  nobodyLooked(says: string): string;
  onlyAlerts: string;
  onlyContext: string;
  fewWords: string;
}

const sayings: Both<Saying> = {
  en: {
    nothing: 'Nothing was found',
    names: (title) => `The alert "${title}" names it`,
    reported: (product, title) => `${product} reported "${title}"`,
    course: (first, worst) => `It began with "${first}" and came to "${worst}"`,
    nobodyLooked: (says) => `Nobody could look: ${says}`,
    onlyAlerts: 'Only alerts were looked through: no log of other machines is connected',
    onlyContext: 'What context/ does not say, nobody wrote down',
    fewWords: 'This model plays a script and knows few words; ask who else saw something, whose it is, or how it began',
  },
  ja: {
    nothing: '何も見つかりませんでした',
    names: (title) => `アラート 「${title}」 に含まれます`,
    reported: (product, title) => `${product}が 「${title}」 を報告しました`,
    course: (first, worst) => `「${first}」 で始まり、「${worst}」 に至りました`,
    nobodyLooked: (says) => `確認できませんでした: ${says}`,
    onlyAlerts: '確認したのはアラートだけです。ほかの機器のログは接続されていません',
    onlyContext: 'context/ に書かれていないことは記録がありません',
    fewWords:
      'このモデルは台本どおりに動き、わかる言葉が限られます。ほかに誰が見たか、誰のものか、どう始まったかを尋ねてください',
  },
};

export function sayingOf(language: Language): Saying {
  return sayings[language];
}

const products: Readonly<Record<string, string>> = { falco: 'Falco', github: 'GitHub', guardduty: 'GuardDuty' };

/** The name of the product behind a source, as it begins a sentence. */
export function productOf(source: string, language: Language): string {
  const name = products[source];
  if (language === 'ja') return name === undefined ? '製品' : `${name} `;
  return name ?? 'The product';
}

const techniques: Readonly<Record<string, Both<string>>> = {
  'T1036.005': {
    en: 'A program has the name or the place of an ordinary one so that nobody looks twice; remove it only after a copy is kept.',
    ja: '目立たないよう、普通のプログラムの名前や場所を装っています。削除は写しを保存してからにしてください。',
  },
  'T1053.003': {
    en: 'A timed job starts the program again after it was stopped; delete the job first.',
    ja: '停止しても定期ジョブがプログラムを再び起動します。先にジョブを削除してください。',
  },
  'T1059.004': {
    en: 'Commands were typed or sent to the machine itself; whoever did it could do whatever that account may.',
    ja: '機器に直接コマンドが入力または送信されました。実行した者は、そのアカウントにできることをすべて行えました。',
  },
  T1105: {
    en: 'More tools were fetched from outside; what they did is not known from this alone.',
    ja: '外部から追加のツールが取得されました。それが何をしたかは、これだけではわかりません。',
  },
  T1496: {
    en: 'The machine works for somebody else, which costs money and slows it down; stopping it loses nothing of ours.',
    ja: '機器が他者のために使われ、費用がかかり遅くなります。止めても自分たちが失うものはありません。',
  },
  'T1505.003': {
    en: 'A page on the web server takes orders from outside; until it is gone, they can come back.',
    ja: 'Web サーバー上のページが外部からの命令を受け付けます。なくなるまで、何度でも戻って来られます。',
  },
};

const unknownTechnique: Both<string> = {
  en: 'The product itself names this technique; nobody checked it further.',
  ja: '製品が示した手法です。それ以上は確認されていません。',
};

export function techniqueInPlainWords(id: string, language: Language): string {
  return (techniques[id] ?? unknownTechnique)[language];
}

/** What a block means here, by what is blocked. */
export function blockInPlainWords(type: string, language: Language): string {
  const address = type === 'ip';
  if (language === 'ja')
    return `遮断が終わるまで、こちらからこの${address ? 'アドレス' : '名前'}には届きません。必要とする人は気付きます。取り消しは 1 分で済みます。`;
  return `Nothing of ours reaches this ${address ? 'address' : 'name'} until the block ends; whoever needs it will notice, and undoing it takes a minute.`;
}
