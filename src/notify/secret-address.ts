/** An address out of a setting, or why it cannot be used; the sentence does not repeat it, since it is a secret. */
export function secretAddress(text: string): { url: URL } | { unavailable: string } {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { unavailable: 'its value is not an https address' };
  }
  if (url.username || url.password) return { unavailable: 'its address must not carry a user name or password' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { unavailable: 'its address must begin with https://; plain http is allowed for localhost only' };
  }
  return { url };
}

/** Whether a host name of a URL is this machine's loopback. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
