import { describe, expect, it } from 'vitest';
import type { Permission } from '../../src/forge/state/entities.ts';
import { scanners } from '../../src/ports/alert-lists.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { actions, look, put, records } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

describe('a list that fails', () => {
  it('keeps no other from being read, backlog or changes, and is read once it answers', async () => {
    await using s = await spine();
    for (const scanner of scanners) put(s, { scanner, tell: false });
    s.wrap((forge) => ({
      alerts: async (list, ask) => {
        if (list.scanner === 'dependabot') throw new ForgeError('unavailable', 'GitHub answered 503');
        return forge.alerts(list, ask);
      },
    }));
    s.pass(3600);
    await expect(look(s)).rejects.toThrow('503');
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true]);
    s.pass(3600);
    put(s, { scanner: 'secret-scanning', tell: false });
    await expect(look(s)).rejects.toThrow('503');
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true, false]);
    s.wrap(() => ({}));
    await look(s);
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true, false, true]);
  });

  it('for a limit of GitHub’s stops all of them', async () => {
    await using s = await spine();
    let asked = 0;
    s.wrap(() => ({
      alerts: async () => {
        asked += 1;
        throw new ForgeError('secondary-limit', 'slow down');
      },
    }));
    await expect(look(s)).rejects.toThrow('slow down');
    expect(asked).toBe(1);
  });
});

describe('a list that may not be read', () => {
  function permit(s: Spine, permission: Permission, level: 'read' | undefined): void {
    const { store } = s.a.t.forge.state;
    for (const installation of store.all('installation')) {
      const { [permission]: _before, ...others } = installation.permissions;
      store.put('installation', {
        ...installation,
        permissions: level === undefined ? others : { ...others, [permission]: level },
      });
    }
  }

  it('for lack of a permission is said, keeps no other from being read, and is read once it is granted', async () => {
    await using s = await spine();
    put(s, { scanner: 'dependabot', tell: false });
    put(s, { scanner: 'code-scanning', tell: false });
    permit(s, 'vulnerability_alerts', undefined);
    s.pass(3600);
    await look(s);
    expect(await records(s)).toHaveLength(1);
    expect(await s.lookNotes()).toContainEqual({
      part: 'alerts of dependabot acme',
      note: 'the app has no permission to read them',
    });
    permit(s, 'vulnerability_alerts', 'read');
    s.pass(3600);
    await look(s);
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true]);
    expect((await s.lookNotes()).filter((one) => one.part.startsWith('alerts'))).toEqual([]);
  });

  it.each(['Resource not accessible by integration', 'Dependabot alerts are disabled for this repository.'])(
    'and then may (%s) tells what is open as backlog, and as news only what changes afterwards',
    async (refusal) => {
      await using s = await spine();
      let refused = true;
      s.wrap((forge) => ({
        alerts: async (list, ask) => {
          if (!list.of.includes('/')) throw new ForgeError('not-found', 'GitHub answered 404: Not Found');
          if (refused && list.scanner === 'dependabot') throw new ForgeError('forbidden', refusal);
          return forge.alerts(list, ask);
        },
      }));
      await look(s);
      s.pass(3600);
      put(s, { scanner: 'dependabot', tell: false });
      put(s, { scanner: 'dependabot', alert: { state: 'fixed' }, tell: false });
      s.pass(3600);
      refused = false;
      await look(s);
      expect(await records(s)).toEqual([{ action: 'created', backlog: true }]);
      s.pass(3600);
      put(s, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' }, tell: false });
      put(s, { scanner: 'dependabot', tell: false });
      await look(s);
      expect((await records(s)).slice(1).map((one) => [one.action, one.backlog])).toEqual(
        expect.arrayContaining([
          ['created', false],
          ['fixed', false],
        ]),
      );
    },
  );

  it('is asked for again after an hour, not at every look', async () => {
    await using s = await spine();
    permit(s, 'vulnerability_alerts', undefined);
    const asked = async () => (await look(s)).filter((line) => line.includes('/dependabot/alerts')).length;
    expect(await asked()).toBe(1);
    s.pass(60);
    expect(await asked()).toBe(0);
    s.pass(3600);
    expect(await asked()).toBe(1);
  });

  it('of an organization is read repository by repository, without those where the scanner is off', async () => {
    await using s = await spine();
    for (const name of ['soc', 'soc-config']) put(s, { scanner: 'dependabot', tell: false }, name);
    s.a.t.forge.state.store.put('scannerOff', { repoId: s.a.t.seeded.repositoryIds.soc, scanner: 'dependabot' });
    s.wrap((forge) => ({
      alerts: async (list, ask) => {
        if (!list.of.includes('/')) throw new ForgeError('not-found', 'GitHub answered 404: Not Found');
        return forge.alerts(list, ask);
      },
    }));
    s.pass(3600);
    await look(s);
    expect(await records(s)).toHaveLength(1);
    s.pass(3600);
    put(s, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' }, tell: false }, 'soc-config');
    await look(s);
    expect(await actions(s)).toEqual(['created', 'fixed']);
    expect((await s.lookNotes()).filter((one) => one.part.startsWith('alerts'))).toEqual([]);
  });
});
