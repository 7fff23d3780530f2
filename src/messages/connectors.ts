import { messages } from './messages.ts';

/** What connectors did, would do, or saw, as a sentence about one target. */
export const connectorWords = messages({
  until: { en: (time: string) => `, until ${time}`, ja: (time: string) => `。期限 ${time}` },
  overNotIn: {
    en: (target: string, where: string) => `The time for ${target} is over; it is not in ${where}.`,
    ja: (target: string, where: string) => `${target} は期限が過ぎています。${where} に入れていません。`,
  },

  notBlockable: {
    en: (target: string, why: string) => `${target} cannot be blocked here: ${why}.`,
    ja: (target: string, why: string) => `${target} はここではブロックできません: ${why}。`,
  },
  onlyTypes: {
    en: (types: string[]) => `only ${types.join(' and ')} can be`,
    ja: (types: string[]) => `対象は ${types.join('、')} だけです`,
  },
  noDomain: { en: 'it is no canonical domain', ja: '正規の形のドメインではありません' },
  noAddress: { en: 'it is no canonical address', ja: '正規の形のアドレスではありません' },
  ofRange: {
    en: (range: string) => `it is a ${range} address`,
    ja: (range: string) => `${range} のアドレスです`,
  },

  listed: {
    en: (list: string, branch: string) => `${list} on ${branch}`,
    ja: (list: string, branch: string) => `${list} (ブランチ ${branch})`,
  },
  entries: {
    en: (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`,
    ja: (count: number) => `${count} 件`,
  },
  alreadyIn: {
    en: (target: string, where: string, until: string) => `${target} is in ${where} already${until}.`,
    ja: (target: string, where: string, until: string) => `${target} はすでに ${where} にあります${until}。`,
  },
  wouldAdd: {
    en: (target: string, where: string, size: string, until: string) =>
      `Would add ${target} to ${where} (${size} now)${until}.`,
    ja: (target: string, where: string, size: string, until: string) =>
      `実行すると ${target} を ${where} に追加します (現在 ${size})${until}。`,
  },
  wasIn: {
    en: (target: string, where: string, size: string) => `${target} was in ${where} already (${size}).`,
    ja: (target: string, where: string, size: string) => `${target} はすでに ${where} にありました (${size})。`,
  },
  added: {
    en: (target: string, where: string, size: string, until: string) =>
      `Added ${target} to ${where} (${size})${until}.`,
    ja: (target: string, where: string, size: string, until: string) =>
      `${target} を ${where} に追加しました (${size})${until}。`,
  },
  noList: { en: (where: string) => `There is no ${where}.`, ja: (where: string) => `${where} がありません。` },
  isIn: {
    en: (target: string, where: string, size: string) => `${target} is in ${where} (${size}).`,
    ja: (target: string, where: string, size: string) => `${target} は ${where} にあります (${size})。`,
  },
  isNotIn: {
    en: (target: string, where: string, size: string) => `${target} is not in ${where} (${size}).`,
    ja: (target: string, where: string, size: string) => `${target} は ${where} にありません (${size})。`,
  },
  heldByAnother: {
    en: (target: string, where: string, until: string) => `${target} stays in ${where}${until}: another task holds it.`,
    ja: (target: string, where: string, until: string) =>
      `${target} は ${where} に残します${until}。別のタスクが必要としています。`,
  },
  wasNotIn: {
    en: (target: string, where: string, size: string) => `${target} was not in ${where} (${size}).`,
    ja: (target: string, where: string, size: string) => `${target} は ${where} にありませんでした (${size})。`,
  },
  tookOut: {
    en: (target: string, where: string, size: string) => `Took ${target} out of ${where} (${size}).`,
    ja: (target: string, where: string, size: string) => `${target} を ${where} から外しました (${size})。`,
  },

  set: {
    en: (set: string, table: string, where: string) => `set ${set} of table ${table} (${where})`,
    ja: (set: string, table: string, where: string) => `テーブル ${table} のセット ${set} (${where})`,
  },
  thisMachine: { en: 'this machine', ja: 'このマシン' },
  namespace: {
    en: (name: string) => `network namespace ${name}`,
    ja: (name: string) => `ネットワーク名前空間 ${name}`,
  },
  wouldNothing: {
    en: (target: string) => `Would do nothing: the time for ${target} is over.`,
    ja: (target: string) => `実行しても何も行いません。${target} は期限が過ぎています。`,
  },
  wouldFail: { en: (why: string) => `Would fail: ${why}`, ja: (why: string) => `実行すると失敗します: ${why}` },
  wouldPut: {
    en: (target: string, set: string, until: string) => `Would put ${target} into ${set}${until}.`,
    ja: (target: string, set: string, until: string) => `実行すると ${target} を ${set} に入れます${until}。`,
  },
  put: {
    en: (target: string, set: string, until: string) => `Put ${target} into ${set}${until}.`,
    ja: (target: string, set: string, until: string) => `${target} を ${set} に入れました${until}。`,
  },
  notInSet: {
    en: (target: string, set: string) => `${target} is not in ${set}.`,
    ja: (target: string, set: string) => `${target} は ${set} にありません。`,
  },
  notDropped: {
    en: (target: string, set: string, chains: string) => `${target} is in ${set}, but nothing drops it on ${chains}.`,
    ja: (target: string, set: string, chains: string) =>
      `${target} は ${set} にありますが、${chains} で破棄されていません。`,
  },
  dropped: {
    en: (target: string, set: string, end: string) => `${target} is in ${set} and dropped${end}.`,
    ja: (target: string, set: string, end: string) => `${target} は ${set} にあり、破棄されています${end}。`,
  },
  kernelEnds: {
    en: (seconds: number) => `; the kernel takes it out in ${seconds} s`,
    ja: (seconds: number) => `。${seconds} 秒後にカーネルが外します`,
  },
  tookFromSet: {
    en: (target: string, set: string) => `Took ${target} out of ${set}.`,
    ja: (target: string, set: string) => `${target} を ${set} から外しました。`,
  },
  noneInSet: {
    en: (target: string, set: string) => `There was no ${target} in ${set}.`,
    ja: (target: string, set: string) => `${target} は ${set} にありませんでした。`,
  },
});
