/** Names this machine has for itself; anything else is another site's name rebound to our address. */
const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** True when a `Host` header names this machine and this port. */
export function isLocalHost(host: string | null, port: number): boolean {
  return LOCAL_NAMES.some((name) => host?.toLowerCase() === `${name}:${port}`);
}
