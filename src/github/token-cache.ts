/** Where `@octokit/auth-app` keeps installation tokens: `token|createdAt|expiresAt|…` by installation. */
export interface TokenCache {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  clear(): void;
}

/** Tokens are used until one minute before the expiry the forge gave them, by the forge's clock. */
export function createTokenCache(now: () => Date): TokenCache {
  const tokens = new Map<string, string>();
  return {
    get(key) {
      const value = tokens.get(key);
      const expiresAt = Date.parse(value?.split('|')[2] ?? '');
      return expiresAt - now().getTime() > 60_000 ? value : undefined;
    },
    set(key, value) {
      tokens.set(key, value);
    },
    clear() {
      tokens.clear();
    },
  };
}
