import type { RunningForge } from '../../../src/forge/start.ts';

export interface Seen {
  status: number;
  html: string;
  headers: Headers;
  /** Where a redirect pointed, or null. */
  location: string | null;
}

/** A browser without scripts: keeps cookies, sends forms with the token of the page it last saw, follows nothing. */
export class Visitor {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  token = '';

  constructor(forge: RunningForge) {
    this.#origin = forge.url;
  }

  async get(path: string): Promise<Seen> {
    const seen = await this.#send(path, {});
    this.token = /name="token" value="([^"]+)"/.exec(seen.html)?.[1] ?? this.token;
    return seen;
  }

  /** Posts a form; `headers` and a `token` field replace what a browser would send. */
  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Seen> {
    const body = new URLSearchParams({ token: this.token, ...fields });
    return this.#send(path, { method: 'POST', body, headers: { origin: this.#origin, ...headers } });
  }

  async #send(path: string, init: RequestInit): Promise<Seen> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie };
    const response = await fetch(this.#origin + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      this.#cookies.set(name, value);
    }
    const html = await response.text();
    return { status: response.status, html, headers: response.headers, location: response.headers.get('location') };
  }
}

/** A visitor who has seen the first page, and so has a session and a token. */
export async function visitorOf(forge: RunningForge): Promise<Visitor> {
  const visitor = new Visitor(forge);
  await visitor.get('/acme/soc/issues');
  return visitor;
}
