import { messages } from './messages.ts';

/** How the config repository stands: the banner of an issue, and the help where there is no policy yet. */
export const policyStateWords = messages({
  unread: {
    en: (repository: string, inForce: string) => `The policy in ${repository} has not been read yet. ${inForce}`,
    ja: (repository: string, inForce: string) => `${repository} のポリシーはまだ読み込まれていません。${inForce}`,
  },
  empty: {
    en: (repository: string, inForce: string) =>
      `${repository} holds no policy: there is no yagura.md on its default branch. ${inForce}`,
    ja: (repository: string, inForce: string) =>
      `${repository} にポリシーがありません。既定のブランチに yagura.md がありません。${inForce}`,
  },
  unreadable: {
    en: (repository: string, why: string, inForce: string) =>
      `The policy in ${repository} could not be read: ${why}. ${inForce}`,
    ja: (repository: string, why: string, inForce: string) =>
      `${repository} のポリシーを読み込めませんでした(${why})。${inForce}`,
  },
  notThere: {
    en: 'the repository does not exist or the app is not installed on it',
    ja: 'リポジトリが存在しないか、アプリがインストールされていません',
  },
  notAllowed: { en: 'the forge does not let the app read it', ja: 'アプリに読み取りが許可されていません' },
  asksToWait: { en: 'the forge asks us to wait', ja: '待つように求められています' },
  away: { en: 'the forge does not answer', ja: '応答がありません' },
  broken: {
    en: (repository: string, commit: string, problems: string, inForce: string) =>
      `The newest policy in ${repository} (${commit}) is broken: ${problems}. ${inForce}`,
    ja: (repository: string, commit: string, problems: string, inForce: string) =>
      `${repository} の最新のポリシー(${commit})に誤りがあります: ${problems}。${inForce}`,
  },
  forced: {
    en: (commit: string) => `In force: ${commit}, the last good one.`,
    ja: (commit: string) => `有効なのは最後に正しかった ${commit} です。`,
  },
  safeDefaults: {
    en: 'In force: safe defaults, which observe only; nobody may act.',
    ja: '有効なのは安全な既定値で、観察のみです。誰も対応を実行できません。',
  },
  noReason: { en: 'for no reason that was kept', ja: '理由は残っていません' },
  andMore: {
    en: (problem: string, more: number) => `${problem} (and ${more} more)`,
    ja: (problem: string, more: number) => `${problem}(ほか ${more} 件)`,
  },
  starterTitle: { en: 'Start with a policy that only watches', ja: '観察だけのポリシーから始める' },
  starterBody: {
    en: 'A small policy to begin with: `mode: observe`, so that nothing is run and nobody is mentioned. Read it, change it, merge it.',
    ja: '最初の小さなポリシーです。`mode: observe` なので、何も実行せず、誰にもメンションしません。読んで、直して、マージしてください。',
  },
  noPolicy: { en: 'Yagura has no policy yet', ja: 'Yagura のポリシーがまだありません' },
  onDefaults: {
    en: 'Alerts come in and are shown, on safe defaults: nothing is run, nobody is mentioned, nobody has a right.',
    ja: 'アラートは安全な既定値のもとで受信、表示されます。何も実行せず、誰にもメンションせず、誰にも権限がありません。',
  },
  privateRepository: { en: 'a private repository', ja: '非公開リポジトリ' },
  doNext: {
    en: (where: string, thenSet: string) =>
      `**Do next:** in a checkout of ${where}, run \`yagura init .\`, commit and push${thenSet}. The app needs to be installed there with read access.`,
    ja: (where: string, thenSet: string) =>
      `**次にすること:** ${where} のチェックアウトで \`yagura init .\` を実行し、コミットして push してください${thenSet}。アプリを読み取り権限付きでそこにインストールする必要があります。`,
  },
  thenSet: {
    en: ', then set `YAGURA_CONFIG_REPO`',
    ja: '。その後 `YAGURA_CONFIG_REPO` を設定してください',
  },
});
