import { messages } from './messages.ts';

/** What was done to a rule that protects branches. */
const changes = {
  en: {
    added: 'was added',
    deleted: 'was deleted',
    weakened: 'was weakened',
    edited: 'was edited',
    harmless: 'was edited, nothing got weaker',
  },
  ja: {
    added: 'が追加されました',
    deleted: 'が削除されました',
    weakened: 'が弱められました',
    edited: 'が編集されました',
    harmless: 'が編集されました(弱くなった項目はありません)',
  },
};
type Change = keyof typeof changes.en;

/** Titles of alerts whose product gives them none. */
export const titleWords = messages({
  untitled: { en: 'Untitled alert', ja: 'タイトルのないアラート' },
  unreadable: {
    en: (source: string) => `Records from ${source} cannot be read`,
    ja: (source: string) => `${source} のレコードを読み取れません`,
  },
  report: { en: (issue: number) => `Report #${issue}`, ja: (issue: number) => `報告 #${issue}` },
  deployKeyAdded: {
    en: (repository: string, writes: boolean) =>
      `Deploy key with ${writes ? 'read and write' : 'read'} access added to ${repository}`,
    ja: (repository: string, writes: boolean) =>
      `${repository} に${writes ? '読み取りと書き込み' : '読み取り'}ができるデプロイキーが追加されました`,
  },
  deployKeyRemoved: {
    en: (repository: string) => `Deploy key removed from ${repository}`,
    ja: (repository: string) => `${repository} からデプロイキーが削除されました`,
  },
  memberAdded: {
    en: (who: string, role: string | undefined, repository: string) =>
      `${who} was given ${role === undefined ? '' : `${role} `}access to ${repository}`,
    ja: (who: string, role: string | undefined, repository: string) =>
      `${who} に ${repository} の${role === undefined ? '' : ` ${role} `}アクセス権が付与されました`,
  },
  memberChanged: {
    en: (who: string, role: string | undefined, repository: string) =>
      `${who} has ${role ?? 'another'} access to ${repository} now`,
    ja: (who: string, role: string | undefined, repository: string) =>
      `${who} の ${repository} へのアクセス権が${role === undefined ? '' : ` ${role} に`}変更されました`,
  },
  memberRemoved: {
    en: (who: string, repository: string) => `${who} was removed from ${repository}`,
    ja: (who: string, repository: string) => `${who} が ${repository} から外されました`,
  },
  publicized: {
    en: (repository: string) => `${repository} became public`,
    ja: (repository: string) => `${repository} が公開されました`,
  },
  protection: {
    en: (branch: string, repository: string, change: Change) =>
      `Protection of ${branch} in ${repository} ${changes.en[change]}`,
    ja: (branch: string, repository: string, change: Change) =>
      `${repository} の ${branch} の保護${changes.ja[change]}`,
  },
  allProtection: {
    en: (repository: string, off: boolean) =>
      `All branch protection of ${repository} was switched ${off ? 'off' : 'on'}`,
    ja: (repository: string, off: boolean) =>
      `${repository} のブランチ保護がすべて${off ? '無効' : '有効'}になりました`,
  },
  ruleset: {
    en: (ruleset: string, repository: string, change: Change) =>
      `Ruleset ${ruleset} of ${repository} ${changes.en[change]}`,
    ja: (ruleset: string, repository: string, change: Change) =>
      `${repository} のルールセット ${ruleset} ${changes.ja[change]}`,
  },
  secret: {
    en: (secret: string, repository: string) => `${secret} found in ${repository}`,
    ja: (secret: string, repository: string) => `${repository} で ${secret} が見つかりました`,
  },
  vulnerable: {
    en: (dependency: string, advisory: string | undefined) =>
      `${dependency || 'A dependency'} is vulnerable${advisory === undefined ? '' : `: ${advisory}`}`,
    ja: (dependency: string, advisory: string | undefined) =>
      `${dependency || '依存パッケージ'} に脆弱性があります${advisory === undefined ? '' : `: ${advisory}`}`,
  },
  advisory: {
    en: (id: string, repository: string) => `Advisory ${id} of ${repository}`,
    ja: (id: string, repository: string) => `${repository} のアドバイザリ ${id}`,
  },
});
