import { messages } from './messages.ts';

/** What Yagura says of an alert among the fields of its product. */
export const quotedWords = messages({
  reads: { en: 'read', ja: '読み取り' },
  writes: { en: 'read and write', ja: '読み取りと書き込み' },
  everybody: {
    en: 'public: everybody can read its files, history, issues and pull requests',
    ja: 'public: ファイル、履歴、Issue、プルリクエストをだれでも閲覧できます',
  },
  validity: {
    en: (validity: string, inPublic: boolean) => `${validity}${inPublic ? ', seen in public' : ''}`,
    ja: (validity: string, inPublic: boolean) => `${validity}${inPublic ? '、公開の場にあります' : ''}`,
  },
  bypassed: {
    en: (who: string | undefined) => (who === undefined ? 'bypassed' : `bypassed by ${who}`),
    ja: (who: string | undefined) => (who === undefined ? '回避されました' : `${who} が回避しました`),
  },
  morePlaces: {
    en: (place: string) => `${place}, and more places`,
    ja: (place: string) => `${place}、ほかにもあります`,
  },
  inPrivate: { en: 'reported in private, not published', ja: '非公開で報告され、公開されていません' },

  less: { en: (what: string) => `less: ${what}`, ja: (what: string) => `緩和: ${what}` },
  allowed: { en: (what: string) => `now allowed: ${what}`, ja: (what: string) => `新たに許可: ${what}` },
  checkGone: {
    en: (check: string) => `check no longer required: ${check}`,
    ja: (check: string) => `必須でなくなったチェック: ${check}`,
  },
  mayPush: { en: (who: string) => `may push now: ${who}`, ja: (who: string) => `新たにプッシュ可能: ${who}` },
  uncovered: { en: (what: string) => `no longer covers: ${what}`, ja: (what: string) => `対象から外れた: ${what}` },
  leftOut: { en: (what: string) => `leaves out now: ${what}`, ja: (what: string) => `新たに除外: ${what}` },
  notEnforced: {
    en: (enforcement: string) => `no longer enforced: ${enforcement}`,
    ja: (enforcement: string) => `強制されなくなった: ${enforcement}`,
  },
  ruleGone: { en: (rule: string) => `rule taken out: ${rule}`, ja: (rule: string) => `削除されたルール: ${rule}` },
  ruleChanged: { en: (rule: string) => `rule changed: ${rule}`, ja: (rule: string) => `変更されたルール: ${rule}` },
  conditionGone: { en: 'a condition taken out', ja: '条件が削除されました' },

  admin_enforced: { en: 'administrators are held to it', ja: '管理者への適用' },
  authorized_actors_only: { en: 'only named people may push', ja: '指定した人だけのプッシュ' },
  authorized_dismissal_actors_only: {
    en: 'only named people may dismiss reviews',
    ja: '指定した人だけのレビュー却下',
  },
  create_protected: { en: 'creation of matching branches is restricted', ja: '一致するブランチの作成の制限' },
  dismiss_stale_reviews_on_push: { en: 'new pushes dismiss approvals', ja: '新しいプッシュによる承認の取り消し' },
  ignore_approvals_from_contributors: {
    en: 'approvals of contributors do not count',
    ja: 'コントリビューターの承認を数えない設定',
  },
  linear_history_requirement_enforcement_level: { en: 'linear history', ja: '直線的な履歴' },
  lock_branch_enforcement_level: { en: 'the branch is locked', ja: 'ブランチのロック' },
  merge_queue_enforcement_level: { en: 'merge queue', ja: 'マージキュー' },
  pull_request_reviews_enforcement_level: { en: 'pull request reviews', ja: 'プルリクエストのレビュー' },
  require_code_owner_review: { en: 'review by code owners', ja: 'コードオーナーのレビュー' },
  require_last_push_approval: { en: 'approval of the last push', ja: '最後のプッシュの承認' },
  required_approving_review_count: { en: 'number of approvals', ja: '承認の数' },
  required_conversation_resolution_level: { en: 'resolved conversations', ja: '会話の解決' },
  required_deployments_enforcement_level: { en: 'deployments before merging', ja: 'マージ前のデプロイ' },
  required_status_checks_enforcement_level: { en: 'status checks', ja: 'ステータスチェック' },
  signature_requirement_enforcement_level: { en: 'signed commits', ja: '署名付きコミット' },
  strict_required_status_checks_policy: {
    en: 'status checks on the newest base',
    ja: '最新のベースでのステータスチェック',
  },
  allow_deletions_enforcement_level: { en: 'deletion', ja: '削除' },
  allow_force_pushes_enforcement_level: { en: 'force pushes', ja: '強制プッシュ' },
  lock_allows_fork_sync: { en: 'syncing a locked fork', ja: 'ロックされたフォークの同期' },
});
