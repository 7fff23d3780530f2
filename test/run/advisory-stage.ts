import { type AdvisoryDeps, advisoryStep } from '../../src/run/advisories.ts';
import { github } from '../../src/sources/github.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import type { Spine } from './spine.ts';

/** Tells the forge of something as an administrator of it. */
export async function stage(s: Spine, path: string, body: object): Promise<void> {
  const { url, adminToken } = s.a.t.forge;
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${url}/_admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Repositories of acme that the installation covers. */
export async function withRepositories(s: Spine, ...names: string[]): Promise<void> {
  for (const name of names) {
    await stage(s, 'repositories', { repository: `acme/${name}` });
    await stage(s, 'installation', { repository: `acme/${name}`, covered: true });
  }
}

/** What a repository depends on from now on, of npm. */
export const depends = (s: Spine, name: string, ...packages: [name: string, version: string][]) =>
  stage(s, 'dependencies', {
    repository: `acme/${name}`,
    packages: packages.map(([one, version]) => ({ purl: `pkg:npm/${one}`, version })),
  });

/** GitHub tells the world of an advisory. */
export function advise(s: Spine, action: string, more: object = {}): Promise<void> {
  const at = new Date(s.now()).toISOString();
  const advisory = {
    ghsa_id: 'GHSA-2222-3333-4444',
    summary: 'left-padder runs what it pads',
    description: 'A padding that is code is run.',
    severity: 'high',
    identifiers: [{ type: 'GHSA', value: 'GHSA-2222-3333-4444' }],
    references: [],
    published_at: at,
    updated_at: at,
    withdrawn_at: null,
    vulnerabilities: [
      {
        package: { ecosystem: 'npm', name: 'left-padder' },
        severity: 'high',
        vulnerable_version_range: '>= 2.0.0, < 2.4.1',
        first_patched_version: { identifier: '2.4.1' },
      },
    ],
    ...more,
  };
  return stage(s, 'advisories', { action, advisory });
}

/** The loop looks, `hours` later. */
export async function look(s: Spine, hours = 0, more: Partial<AdvisoryDeps> = {}): Promise<void> {
  s.pass(hours * 3600);
  await s.deliver();
  await advisoryStep({
    ...s.deps,
    supplyChain: s.a.github.supplyChain,
    installations: () => [s.a.t.seeded.installationId],
    accepts: ({ name }) => name !== 'not-ours',
    ingest: async (records) => {
      await writeRecords(s.store, s.now(), records);
    },
    eventIdOf: (_source, record) => github.eventId?.(record),
    log: (line) => s.log.push(line),
    ...more,
  });
  s.pipeline.now = s.now();
  s.pipeline.policy = s.policy;
  await s.settle();
  s.pass(60);
  await s.settle();
}

export const standing = async (s: Spine) =>
  (await s.store.query('select kind, status, settled, issue from incident order by id')).rows;
export const places = async (s: Spine) =>
  (await s.store.query(`select place ->> 'repository' as repository, lifecycle from alert order by 1`)).rows;
