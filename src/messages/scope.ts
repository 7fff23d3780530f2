import { messages } from './messages.ts';

/** Where alerts come from, in an issue. */
export const scopeWords = messages({
  comesFrom: {
    en: (places: string) => `**Comes from:** ${places}`,
    ja: (places: string) => `**発生元:** ${places}`,
  },
  account: {
    en: (account: string, region: string | undefined) =>
      `account ${account}${region === undefined ? '' : ` in ${region}`}`,
    ja: (account: string, region: string | undefined) =>
      `アカウント ${account}${region === undefined ? '' : `(${region})`}`,
  },
  andMore: {
    en: (places: string, count: number) => `${places} and ${count} more`,
    ja: (places: string, count: number) => `${places}、ほか ${count} 件`,
  },
});
