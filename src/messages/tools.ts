import type { Entity } from '../domain/entity.ts';
import type { SeenIssue, Sentence } from '../domain/sentence.ts';
import { messages } from './messages.ts';

/** What tools answer, one line of evidence each. Names of networks, hosts and files are the organization's own. */
export const toolWords = messages({
  isOurs: {
    en: (entity: Entity, network: string, file: string): Sentence => [{ entity }, ` is ours: ${network}, ${file}`],
    ja: (entity: Entity, network: string, file: string): Sentence => [
      { entity },
      ` は自組織のもの: ${network}、${file}`,
    ],
  },
  notPublic: {
    en: (entity: Entity, range: string): Sentence => [
      { entity },
      ` is a ${range} address, not one of the public internet`,
    ],
    ja: (entity: Entity, range: string): Sentence => [
      { entity },
      ` は${range}アドレスで、インターネット上の公開アドレスではない`,
    ],
  },
  private: { en: 'private', ja: 'プライベート' },
  loopback: { en: 'loopback', ja: 'ループバック' },
  linkLocal: { en: 'linkLocal', ja: 'リンクローカル' },
  uniqueLocal: { en: 'uniqueLocal', ja: 'ユニークローカル' },
  documentation: { en: 'documentation', ja: '文書用' },
  multicast: { en: 'multicast', ja: 'マルチキャスト' },
  reserved: { en: 'reserved', ja: '予約済み' },
  carrierGradeNat: { en: 'carrierGradeNat', ja: '通信事業者内' },
  ownerUnknown: {
    en: (entity: Entity): Sentence => [
      'who owns ',
      { entity },
      ': a public address, and no lookup service is connected',
    ],
    ja: (entity: Entity): Sentence => [{ entity }, ' の所有者: 公開アドレスだが、照会サービスが接続されていない'],
  },
  noOtherAlerts: {
    en: (entity: Entity): Sentence => ['no other incident has ', { entity }],
    ja: (entity: Entity): Sentence => [{ entity }, ' を含むほかのインシデントはない'],
  },
  otherAlerts: {
    en: (entity: Entity, total: number, last: string, where: SeenIssue | undefined): Sentence => [
      { entity },
      ` is in ${total} alert${total > 1 ? 's' : ''} of other incidents, the last: `,
      { quote: last },
      ...(where === undefined ? [] : [' in ', where]),
    ],
    ja: (entity: Entity, total: number, last: string, where: SeenIssue | undefined): Sentence => [
      { entity },
      ` はほかのインシデントのアラート ${total} 件にある。最新: `,
      { quote: last },
      ...(where === undefined ? [] : [' (', where, ')']),
    ],
  },
  inRestricted: {
    en: (count: number): Sentence => [`, and ${count} in a restricted repository`],
    ja: (count: number): Sentence => [`。ほかに閲覧制限のあるリポジトリに ${count} 件`],
  },
  onlyRestricted: {
    en: (entity: Entity, count: number): Sentence => [
      { entity },
      ` is in ${count} incident${count > 1 ? 's' : ''} of a restricted repository, and in no other`,
    ],
    ja: (entity: Entity, count: number): Sentence => [
      { entity },
      ` は閲覧制限のあるリポジトリのインシデント ${count} 件にだけある`,
    ],
  },
  saysNothing: {
    en: (entity: Entity): Sentence => ['context/ says nothing about ', { entity }],
    ja: (entity: Entity): Sentence => ['context/ に ', { entity }, ' の記述はない'],
  },
  says: {
    en: (entity: Entity, entries: string[]): Sentence => [{ entity }, ` is ${entries.join('; ')}`],
    ja: (entity: Entity, entries: string[]): Sentence => [{ entity }, ` は ${entries.join('、')}`],
  },
  entry: {
    en: (name: string, facts: string[], file: string) =>
      `${name}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}, ${file}`,
    ja: (name: string, facts: string[], file: string) =>
      `${name}${facts.length > 0 ? `(${facts.join('、')})` : ''}、${file}`,
  },
  criticality: { en: (value: string) => `criticality ${value}`, ja: (value: string) => `重要度 ${value}` },
  owner: { en: (person: string) => `owner ${person}`, ja: (person: string) => `管理者 ${person}` },
  shared: { en: 'shared by many', ja: '共用' },
  recordGone: {
    en: (title: string): Sentence => ['the raw record of ', { quote: title }, ' is not in the store any more'],
    ja: (title: string): Sentence => [{ quote: title }, ' の生レコードはもう保存されていない'],
  },
  recordKept: {
    en: (title: string, bytes: number, source: string, sha256: string, state: string): Sentence => [
      'raw record of ',
      { quote: title },
      ` kept: ${bytes} bytes from ${source}, sha256 ${sha256}${state}`,
    ],
    ja: (title: string, bytes: number, source: string, sha256: string, state: string): Sentence => [
      { quote: title },
      ` の生レコードを保存済み: ${source} から ${bytes} バイト、sha256 ${sha256}${state}`,
    ],
  },
  recordChanged: { en: ', changed since it was stored', ja: '、保存後に変更あり' },
  recordRedacted: {
    en: (person: string, time: string) => `, redacted by ${person} at ${time}`,
    ja: (person: string, time: string) => `、${person} が ${time} に秘匿`,
  },
  nothingToCompare: {
    en: 'no incident was closed yet to compare with',
    ja: '比較できるクローズ済みのインシデントがまだない',
  },
  noneSimilar: {
    en: (closed: number) => `none of ${closed} closed incidents reads like this one`,
    ja: (closed: number) => `クローズ済みの ${closed} 件に、内容の近いものはない`,
  },
  similar: { en: 'similar: ', ja: '類似: ' },
  similarOne: {
    en: (where: SeenIssue | undefined, verdict: string): Sentence => [
      where ?? 'an earlier incident',
      ` closed as ${verdict}`,
    ],
    ja: (where: SeenIssue | undefined, verdict: string): Sentence => [
      where ?? '以前のインシデント',
      ` は「${verdict}」としてクローズ`,
    ],
  },
  between: { en: '; ', ja: '、' },
  noSuchTool: { en: 'there is no such tool', ja: 'そのツールはない' },
  wrongArguments: { en: 'it was given arguments it does not take', ja: '渡された引数を受け付けない' },
  failed: { en: 'it failed: ', ja: '失敗した: ' },
  noEntity: { en: 'it was given no entity to look up', ja: '調べる対象が渡されなかった' },
  notNamed: { en: 'no playbook names it', ja: 'どのプレイブックにも書かれていない' },
  entityOnly: {
    en: 'it reaches outside and is given an entity and nothing else',
    ja: '外部に問い合わせるツールで、渡せるのはエンティティだけ',
  },
  unknownEntity: { en: 'it was asked about something no evidence has', ja: 'どの証拠にもないものを尋ねられた' },
  read: {
    en: (names: number, passages: number) =>
      `a model without tools read the record, and kept ${names === 0 ? 'no' : names} name${names === 1 ? '' : 's'} and ${passages === 0 ? 'no' : passages} passage${passages === 1 ? '' : 's'} of it`,
    ja: (names: number, passages: number) =>
      `ツールを持たないモデルがレコードを読み、名前 ${names} 件と抜粋 ${passages} 件を残した`,
  },
  givesOrders: { en: '; the text gives orders to its reader', ja: '。本文に読み手への指示が含まれる' },
  budgetOut: {
    en: (left: number) =>
      `${left} more question${left > 1 ? 's' : ''} of the playbook: the budget of one investigation ran out`,
    ja: (left: number) => `プレイブックの残り ${left} 件の質問: 1 回の調査の上限に達した`,
  },
});
