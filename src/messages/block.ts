import { messages } from './messages.ts';

/** Answers of `/block`. */
export const blockWords = messages({
  block: { en: (target: string) => `block ${target}`, ja: (target: string) => `ブロック ${target}` },
  onFor: {
    en: (resources: string, time: string) => ` on ${resources} for ${time}`,
    ja: (resources: string, time: string) => `: ${resources} で ${time}`,
  },
  notOn: { en: (why: string) => `; not on ${why}`, ja: (why: string) => `。対象外: ${why}` },
  sayWhat: { en: (usage: string) => `say what: ${usage}`, ja: (usage: string) => `対象を書いてください: ${usage}` },
  noLength: {
    en: (text: string) => `${text} is no length of time: \`for 24h\``,
    ja: (text: string) => `${text} は時間の長さではありません: \`for 24h\``,
  },
  notUnderstood: {
    en: (text: string, usage: string) => `${text} is not understood: ${usage}`,
    ja: (text: string, usage: string) => `${text} は解釈できません: ${usage}`,
  },
  neverBlock: {
    en: (entry: string) => `${entry} is on the never-block list of policies/response.md or ours`,
    ja: (entry: string) => `${entry} は policies/response.md または Yagura のブロック禁止リストにあります`,
  },
  atMost: {
    en: (rule: string, time: string) => `rule ${rule} allows ${time} at most`,
    ja: (rule: string, time: string) => `ルール ${rule} で許可されるのは ${time} までです`,
  },
  noRule: {
    en: (type: string) => `no response rule in policies/response.md allows blocking a ${type} here`,
    ja: (type: string) => `policies/response.md に、ここで ${type} のブロックを許可する対応ルールがありません`,
  },
  actsOn: {
    en: (rule: string, resources: string) => `rule ${rule} acts on ${resources}`,
    ja: (rule: string, resources: string) => `ルール ${rule} の対象リソースは ${resources} です`,
  },
  asked: {
    en: (because: string) => `asked for by command; ${because}`,
    ja: (because: string) => `コマンドによる依頼。${because}`,
  },
  needsApproval: {
    en: (why: string, id: string, who: string) =>
      `needs approval${why === '' ? '' : ` (${why})`}: \`/approve ${id}\` by ${who}`,
    ja: (why: string, id: string, who: string) =>
      `承認が必要です${why === '' ? '' : ` (${why})`}: \`/approve ${id}\`、承認できる人: ${who}`,
  },
});
