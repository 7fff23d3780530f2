import { messages } from './messages.ts';

/** Who may do what, and how that is known. */
export const rightsWords = messages({
  named: { en: 'named in the policy', ja: 'ポリシーに名前があります' },
  member: { en: (team: string) => `member of ${team}`, ja: (team: string) => `${team} のメンバー` },
  role: {
    en: (role: string, repository: string) => `${role} on ${repository}`,
    ja: (role: string, repository: string) => `${repository} の ${role}`,
  },
  none: { en: 'no right in policies/response.md', ja: 'policies/response.md に権限がありません' },
  unread: {
    en: (what: string) => `; ${what} could not be read`,
    ja: (what: string) => `。${what} は読み取れませんでした`,
  },
  roles: { en: 'roles', ja: 'ロール' },
  roleNamed: { en: (role: string) => `role ${role}`, ja: (role: string) => `ロール ${role}` },
  nobody: {
    en: 'nobody: policies/response.md grants it to no one',
    ja: 'だれもいません: policies/response.md でだれにも与えられていません',
  },
  nobodyElse: {
    en: 'nobody else: policies/response.md names no other',
    ja: 'ほかにいません: policies/response.md にほかの人がありません',
  },
});
