import { messages } from './messages.ts';

/** Why a resource cannot be used here, and what to do about it. */
export const unavailableWords = messages({
  noResource: {
    en: (id: string) => `resource ${id} is not in policies/response.md any more.`,
    ja: (id: string) => `リソース ${id} は policies/response.md からなくなりました。`,
  },
  noConnector: {
    en: (name: string) => `There is no connector ${name}.`,
    ja: (name: string) => `コネクター ${name} はありません。`,
  },
  wrongSettings: {
    en: (id: string, why: string) => `The settings of resource ${id} are wrong: ${why}`,
    ja: (id: string, why: string) => `リソース ${id} の設定が正しくありません: ${why}`,
  },
  linuxOnly: { en: 'nftables exists on Linux only.', ja: 'nftables は Linux でのみ使えます。' },
  ownFirewall: {
    en: "This machine's own firewall is changed only with YAGURA_HOST_FIREWALL=1.",
    ja: 'このマシン自身のファイアウォールは、YAGURA_HOST_FIREWALL=1 のときだけ変更します。',
  },
  noNft: {
    en: 'nft is not installed: install the Debian package nftables.',
    ja: 'nft がありません。Debian パッケージ nftables をインストールしてください。',
  },
  noIp: {
    en: 'ip is not installed: install the Debian package iproute2.',
    ja: 'ip がありません。Debian パッケージ iproute2 をインストールしてください。',
  },
  noNamespaces: {
    en: 'Network namespaces are not allowed here: run as root with CAP_SYS_ADMIN and CAP_NET_ADMIN.',
    ja: 'ここではネットワーク名前空間を使えません。CAP_SYS_ADMIN と CAP_NET_ADMIN を持つ root で実行してください。',
  },
  namespaceFailed: {
    en: (why: string) => `A network namespace could not be made: ${why}`,
    ja: (why: string) => `ネットワーク名前空間を作れませんでした: ${why}`,
  },
  nftUnfinished: {
    en: (why: string) => `nft did not finish: ${why}.`,
    ja: (why: string) => `nft が終わりませんでした: ${why}。`,
  },
  stopped: { en: 'it was stopped after 15 seconds', ja: '15 秒後に停止しました' },
  notAllowed: {
    en: 'Changing the firewall is not allowed: run as root or with CAP_NET_ADMIN.',
    ja: 'ファイアウォールを変更できません。root か CAP_NET_ADMIN で実行してください。',
  },
  setFull: {
    en: (table: string) =>
      `The set in table ${table} is full: undo some blocks, or set a larger "size" together with another "table".`,
    ja: (table: string) =>
      `テーブル ${table} のセットがいっぱいです。ブロックをいくつか取り消すか、別の "table" とともに大きい "size" を設定してください。`,
  },
  noTables: {
    en: (table: string) =>
      `nft refused: this kernel lacks nf_tables, or table ${table} stands with another "priority" (nft delete table inet ${table}).`,
    ja: (table: string) =>
      `nft に拒否されました。カーネルに nf_tables がないか、テーブル ${table} が別の "priority" で存在します (nft delete table inet ${table})。`,
  },
  refused: { en: (why: string) => `nft refused: ${why}.`, ja: (why: string) => `nft に拒否されました: ${why}。` },
  notRead: {
    en: 'What nft printed about its table could not be read.',
    ja: 'nft が出力したテーブルの内容を読み取れませんでした。',
  },
  noReason: { en: 'it gave no reason', ja: '理由は示されませんでした' },
});
