import { messages } from './messages.ts';

/** States of incidents, recommendations and tasks, within a sentence. */
export const statusWords = messages({
  open: { en: 'open', ja: '未解決' },
  closed: { en: 'closed', ja: 'クローズ済み' },
  merged: { en: 'merged', ja: '統合済み' },
  replaced: { en: 'replaced', ja: '置き換え済み' },
  rejected: { en: 'rejected', ja: '却下済み' },
  executed: { en: 'executed', ja: '実行済み' },
  withdrawn: { en: 'withdrawn', ja: '取り下げ済み' },
  expired: { en: 'expired', ja: '期限切れ' },
  planned: { en: 'planned', ja: '予定' },
  applying: { en: 'applying', ja: '適用中' },
  active: { en: 'active', ja: '検証済み' },
  unverified: { en: 'unverified', ja: '未検証' },
  undoing: { en: 'undoing', ja: '取り消し中' },
  failed: { en: 'failed', ja: '失敗' },
  undone: { en: 'undone', ja: '取り消し済み' },
});
