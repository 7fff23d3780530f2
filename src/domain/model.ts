/** What a request needs of a model; which model that is stands in the settings. */
export const tiers = ['investigate', 'extract', 'escalate'] as const;
export type Tier = (typeof tiers)[number];

/** Tokens of one request, as the server counted them. */
export interface ModelUsage {
  /** Read in full: neither from the cache nor into it. */
  input: number;
  cacheRead: number;
  cacheWrite: number;
  output: number;
}

/** What a model costs, in US dollars a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** A cached prefix costs a tenth to read and a quarter more to write: the vendor's price page, for caches of 5 minutes. */
const cacheReadShare = 0.1;
const cacheWriteShare = 1.25;

/** Money of one request, in millionths of a US dollar, rounded up. */
export function costOf(usage: ModelUsage, price: Price): number {
  const input = usage.input + usage.cacheRead * cacheReadShare + usage.cacheWrite * cacheWriteShare;
  return Math.ceil(input * price.input + usage.output * price.output);
}

/**
 * The most a request may use: a token is at least one byte of what is sent, so its bytes bound its tokens whatever the
 * tokenizer, all of them written to the cache; and the answer ends at `maxTokens`.
 */
export function worstUsage(requestBytes: number, maxTokens: number): ModelUsage {
  return { input: 0, cacheRead: 0, cacheWrite: requestBytes, output: maxTokens };
}

/** All tokens of a usage. */
export function tokensOf(usage: ModelUsage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite + usage.output;
}
