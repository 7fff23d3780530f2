import type { IncidentView } from '../../src/domain/incident-view.ts';

/** What tools, models, policy and people say in the stories, as a room that reads Japanese would have it stored. */
const said: Record<string, string> = {
  // Pieces of sentences, around entities and quotes.
  '.': '。',
  ' is asset Shop web server (criticality critical, owner mika), context/hosts/web-01.md':
    ' は資産「ショップの Web サーバー」(重要度 critical、担当 mika)、context/hosts/web-01.md',
  'no other incident has ': 'ほかのインシデントにありません: ',
  ' is in 2 alerts of other incidents, the last: ': ' はほかのインシデントのアラート 2 件にあり、最新は ',
  ' in ': '、Issue ',
  'who owns ': '所有者を照会: ',
  ': a public address, and no lookup service is connected': '。公開アドレスですが、照会サービスが接続されていません',
  'raw record of ': '生レコードを保存: ',
  ' kept': '',
  'context/ says nothing about ': 'context/ に記載がありません: ',
  ' is ours: Internal network': ' は自社のアドレスです: 社内ネットワーク',
  ' was started by ': ' を起動したのは ',
  ', the account of the web server.': '、Web サーバーのアカウントです。',
  'A PHP file was written below the web root 1 min 58 s before the miner started, from ':
    'マイナー起動の 1 分 58 秒前に Web ルート配下へ PHP ファイルが書き込まれました。送信元は ',
  ' failed to log in at another host the day before.': ' は前日に別のホストでログインに失敗しています。',
  'Who owns ': '',
  ' could not be looked up.': ' の所有者を照会できませんでした。',
  'The context names no batch jobs on ': 'コンテキストにバッチ処理の記載がありません: ',
  ' was started.': ' が起動しました。',
  ' runs on ': ' が ',
  ' and talks to the mining pool ': ' で動き、マイニングプールと通信しています: ',
  // Whole sentences.
  'no incident was closed yet to compare with': '比べられるクローズ済みのインシデントがまだありません',
  'An outside address that attacks us loses nothing we need when it is blocked for a day.':
    '攻撃してくる外部アドレスを 1 日ブロックしても、業務に必要なものは失われません。',
  'asked for by command': 'コマンドによる依頼',
  'seen in lists/edge.txt on yagura/lists (3 entries).': 'yagura/lists の lists/edge.txt で確認 (3 件)。',
  'Looked, found nothing: other incidents with these entities': '該当なし: 同じエンティティを持つほかのインシデント',
  'Raw records kept: 1': '生レコード保存: 1 件',
  'Does this host run anything that may use all of its CPU?': 'このホストには CPU を使い切るような処理がありますか？',
  "the host's owner": 'ホストの担当者',
  'How did the miner get there? Look for an upload or a login shortly before.':
    'マイナーはどこから入りましたか？直前のアップロードやログインを調べてください。',
  'Looked, found nothing: what the organization says about them, similar closed incidents':
    '該当なし: 組織のコンテキスト、類似のクローズ済みインシデント',
  'Was jo at work then?': 'jo はその時刻に勤務していましたか？',
  'Our own vulnerability scanner does this every Monday.': '自社の脆弱性スキャナーが毎週月曜日に行うものです。',
  'Did you sign in as root?': 'root でサインインしましたか？',
  'a live secret is always critical, policies/severity.md:8':
    '有効なシークレットは常に critical です、policies/severity.md:8',
  'Was the key rotated?': 'キーは再発行しましたか？',
  'the owner of shop-api': 'shop-api の担当者',
  'Somebody outside uploaded a PHP file to the shop and runs a miner through it.':
    '外部の何者かがショップに PHP ファイルをアップロードし、それを通じてマイナーを動かしています。',
  'The owner runs a load test that looks like a miner.': '担当者がマイナーに似た負荷試験を行っています。',
  'A package that the shop uses was poisoned and brought the miner.':
    'ショップが使うパッケージが汚染され、マイナーを持ち込みました。',
  'The miner ran under the account of the shop.': 'マイナーはショップのアカウントで動いていました。',
  'Somebody of our own mines for themselves.': '社内の誰かが自分のために採掘しています。',
  'Nobody of ours was logged in then.': 'その時刻にログインしていた社員はいません。',
  'A PHP file appeared below the web root.': 'Web ルート配下に PHP ファイルが現れました。',
  'Somebody used a hole in the shop to put a program of theirs on the server.':
    'ショップの弱点を突いて、何者かが自分のプログラムをサーバーに置きました。',
  'Your server works for somebody else; the shop gets slow and the bill grows.':
    'サーバーが他人のために働かされ、ショップは遅くなり、料金が増えます。',
  'The miner sends its work there.': 'マイナーは計算結果をそこへ送っています。',
  'This cuts the miner off; nothing of the shop talks to this address. It can be taken back at any time.':
    'マイナーを切り離します。ショップはこのアドレスと通信しません。いつでも取り消せます。',
  'Blocking the address is enough for the moment.': '当面はアドレスのブロックで十分です。',
  'This blocks the name of the pool, whatever address it moves to.':
    'プールの名前をブロックし、どのアドレスへ移っても止めます。',
  'The shop takes payments on this host.': 'このホストで決済を行っています。',
  'quotes what is not there': '存在しない内容の引用',
  'cites nothing': '根拠の記載なし',
  'This is a test.': 'これはテストです。',
  'It says so itself.': 'そう自称しています。',
  'This is an attack.': 'これは攻撃です。',
  'The user agent says that this is a test.': 'ユーザーエージェントがテストだと述べています。',
  'It is only a test.': 'ただのテストです。',
  'jo worked at night.': 'jo が夜間に作業していました。',
  'Somebody uses the password of jo.': '何者かが jo のパスワードを使っています。',
  'No login of jo at this hour was seen before.': 'この時間帯の jo のログインは過去にありません。',
  'it refused to go on.': '続行を拒否しました。',
  '40 failed logins': 'ログイン失敗 40 件',
  'Somebody uses the scanner to attack.': '何者かがスキャナーを攻撃に使っています。',
  'It tried 40 passwords.': '40 個のパスワードを試しました。',
  'The scanner does its weekly round.': 'スキャナーが毎週の巡回を行っています。',
  'It is Monday.': '今日は月曜日です。',
  'The scanner tried to log in, which it never did before.':
    'スキャナーがログインを試みました。これまでにないことです。',
  'A scanner reaches every host.': 'スキャナーはすべてのホストに到達できます。',
  'nft: no such table': 'nft: テーブルがありません',
  'The newest policy in acme/soc-config (9f8e7d6c5b4a) is broken: policies/response.md:12 autonomy is one of observe, recommend, approve, auto. In force: 1a2b3c4d5e6f, the last good one.':
    'acme/soc-config の最新のポリシー (9f8e7d6c5b4a) に誤りがあります: policies/response.md:12 の autonomy は observe、recommend、approve、auto のいずれかです。最後の正しい 1a2b3c4d5e6f が有効です。',
  'the host was rebuilt, see #14': 'ホストを再構築しました。#14 を参照',
  'Asked jo at 09:10, no answer yet.\n\n- second floor': '09:10 に jo へ確認、まだ返事なし。\n\n- 2 階',
};

/** The story as a room has it that reads Japanese. */
export function inJapanese(view: IncidentView): IncidentView {
  const story = translated(view) as IncidentView;
  return { ...story, policy: { ...story.policy, language: 'ja' } };
}

function translated(value: unknown): unknown {
  if (typeof value === 'string')
    return said[value] ?? value.replace(/^user agent of alert (\d+)$/, 'アラート $1 の User-Agent');
  if (Array.isArray(value)) return value.map(translated);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, translated(part)]));
}

/** Names that are written as they are in every language. */
const names = [
  /(?:Amazon|GitHub|Sigma on AWS) [A-Z][A-Za-z]+|GitHub secret scanning|Door Keeper|secret scanning/g,
  /Detection Rule License 1\.1|MITRE ATT&CK/g,
  // A technique is called as MITRE calls it.
  /(?<=^- )T\d{4}(?:\.\d{3})? [A-Z][^:]+(?=: )/gm,
  /\bcloud resource\b/g,
];

/** Pieces of English in what is rendered in Japanese: two words in a row outside of code, names and hidden lines. */
export function englishIn(rendered: string): string[] {
  const bare = rendered
    .replace(/^(?:Title|Labels): .*$/gm, '')
    .replace(/```mermaid.*?```/gs, '')
    .replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '')
    .replace(/<!--.*?-->|<\/?[a-z]+>/g, '\n');
  const left = names.reduce((text, name) => text.replace(name, ''), bare);
  return left.match(/[A-Za-z'’]{2,},? [A-Za-z'’]{2,}[^\n]*/g) ?? [];
}
