import { rmSync } from 'node:fs';
import { type RunningForge, startForge } from '../../../src/forge/start.ts';
import type { Account } from '../../../src/forge/state/entities.ts';
import { scratch } from '../../scratch.ts';

export interface NewOrganization extends AsyncDisposable {
  forge: RunningForge;
  /** A request of the REST API as the owner; the JSON answer. */
  rest<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** A browser of its own, which keeps cookies and follows nothing. */
  browser(path: string, form?: Record<string, string | string[]>, origin?: string): Promise<BrowserAnswer>;
}

export interface BrowserAnswer {
  status: number;
  location: string | null;
  html: string;
}

/** A forge with one organization, its owner ken and two empty private repositories: nothing of Yagura is there yet. */
export async function newOrganization(name: string, repositories: string[]): Promise<NewOrganization> {
  const dataDir = scratch('connect');
  const forge = await startForge({ port: 0, dataDir });
  const { store, clock } = forge.state;
  store.transact(() => {
    const createdAt = clock.stamp();
    const account = (login: string, type: Account['type']) =>
      store.put('account', { id: store.newId(), login, type, name: login, createdAt });
    const org = account(name, 'Organization');
    const ken = account('ken', 'User');
    store.put('orgMember', { orgId: org.id, userId: ken.id, role: 'admin' });
    const scope = { installationId: null, expiresAt: null, repositoryIds: null, permissions: null };
    store.put('token', { token: 'ken-token', userId: ken.id, ...scope });
    const times = { createdAt, updatedAt: createdAt, pushedAt: createdAt };
    const about = { description: null, private: true, defaultBranch: 'main', lastNumber: 0 };
    for (const repo of repositories)
      store.put('repository', { id: store.newId(), ownerId: org.id, name: repo, ...about, ...times });
  });
  const cookies = new Map<string, string>();
  return {
    forge,
    async rest(method, path, body) {
      const answer = await fetch(`${forge.apiUrl}${path}`, {
        method,
        headers: { authorization: 'Bearer ken-token', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as never;
    },
    async browser(path, form, origin = forge.url) {
      const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ');
      const body = new URLSearchParams();
      for (const [key, values] of Object.entries(form ?? {})) for (const one of [values].flat()) body.append(key, one);
      const sent = form ? { method: 'POST', body } : {};
      const answer = await fetch(new URL(path, forge.url), {
        headers: { cookie, origin },
        redirect: 'manual',
        ...sent,
      });
      for (const one of answer.headers.getSetCookie()) {
        const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        cookies.set(key, value);
      }
      return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
    },
    async [Symbol.asyncDispose]() {
      await forge.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
