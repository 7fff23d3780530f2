import { describe, expect, it } from 'vitest';
import { neverBlocked } from '../../src/domain/context.ts';
import type { Entity, EntityType } from '../../src/domain/entity.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import type { LivePolicySource } from '../../src/policy/source.ts';
import { createOwnGround, protectOwn } from '../../src/run/own-ground.ts';

const target = (type: EntityType, value: string): Entity => ({ type, value });

/** A policy source that never changes by itself. */
function standing(): LivePolicySource {
  const policy = safeDefaults('acme/soc-config');
  return {
    current: () => policy,
    banner: () => undefined,
    state: () => ({ is: 'empty' }),
    held: () => undefined,
    refresh: async () => 'unchanged',
  };
}

describe('what Yagura stands on is never blocked', () => {
  it('GitHub by name, the addresses it has now and had before, and the resolvers of this machine', async () => {
    let address = '203.0.113.10';
    const resolvers = ['198.51.100.53', '198.51.100.54:5353', '[2001:db8::53]:53', '2001:db8::54%eth0'];
    const resolve = async () => [{ address }];
    const ground = createOwnGround('https://api.github.com', resolve, () => resolvers);
    const source = protectOwn(standing(), ground);
    const hit = (type: EntityType, value: string) => neverBlocked(source.current().neverBlock, target(type, value));
    expect(hit('domain', 'github.com')).toBe('github.com');
    expect(hit('domain', 'api.github.com')).toBe('api.github.com');
    expect(hit('domain', 'github.example.com')).toBeUndefined();
    for (const one of ['198.51.100.53', '198.51.100.54', '2001:db8::53', '2001:db8::54'])
      expect(hit('ip', one)).toBe(one);
    expect(hit('ip', '203.0.113.10')).toBeUndefined();
    await ground.refresh();
    address = '203.0.113.11';
    await ground.refresh();
    expect([hit('ip', '203.0.113.10'), hit('ip', '203.0.113.11')]).toEqual(['203.0.113.10', '203.0.113.11']);
    expect(hit('ip', '203.0.113.12')).toBeUndefined();
    expect(hit('ip', '10.1.2.3')).toBe('10.0.0.0/8');
  });

  it('a server of our own by its name, also while it cannot be looked up', async () => {
    const gone = async () => Promise.reject(new Error('no such name'));
    const ground = createOwnGround('https://git.example.com/api/v3', gone, () => []);
    await ground.refresh();
    expect(ground.list()).toEqual(['git.example.com']);
  });
});
