/** The address of GitHub's REST API when nothing else is set. */
export const PUBLIC_API_URL = 'https://api.github.com';

/** The address without its trailing slash, or why it is refused: tokens travel in plain text only over loopback. */
export function readApiUrl(text: string): { url: string } | { refused: string } {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return { refused: `"${text}" is not an http(s) address` };
  }
  if (url.username || url.password) return { refused: 'it must not carry a user name or password' };
  if (url.search || url.hash) return { refused: 'it must not carry a query or a fragment' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { refused: 'plain http is allowed for localhost only' };
  }
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** Whether a host name of a URL is this machine's loopback. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
