import type { Entities, Kind } from './entities.ts';

type KeyOf = { [K in Kind]: (entity: Entities[K]) => string };
type GroupOf = { [K in Kind]?: (entity: Entities[K]) => string };

const byId = (entity: { id: number }) => String(entity.id);

/** The key of each kind; a put with the same key replaces. */
export const KEY_OF: KeyOf = {
  account: byId,
  orgMember: (m) => `${m.orgId}:${m.userId}`,
  team: byId,
  token: (t) => t.token,
  app: byId,
  manifestCode: (m) => m.code,
  installation: byId,
  repository: byId,
  collaborator: (c) => `${c.repoId}:${c.userId}`,
  label: byId,
  issue: (i) => `${i.repoId}#${i.number}`,
  tombstone: (t) => `${t.repoId}#${t.number}`,
  comment: byId,
  object: (o) => `${o.repoId}:${o.sha}`,
  ref: (r) => `${r.repoId}:${r.name}`,
  branchRule: (r) => `${r.repoId}:${r.branch}`,
  checkRun: byId,
  checkSuite: byId,
  scannerAlert: (a) => `${a.repoId}:${a.scanner}#${a.number}`,
  scannerOff: (o) => `${o.repoId}:${o.scanner}`,
  hookEvent: (e) => e.guid,
  delivery: byId,
  dependencyGraph: (g) => String(g.repoId),
  workflowRun: byId,
  ownAdvisory: (a) => `${a.repoId}:${a.ghsa}`,
  write: byId,
};

/** The group by which a kind is looked up besides its key; kinds without one are few enough to scan. */
export const GROUP_OF: GroupOf = {
  label: (l) => String(l.repoId),
  issue: (i) => String(i.repoId),
  comment: (c) => `${c.repoId}#${c.number}`,
  ref: (r) => String(r.repoId),
  checkRun: (c) => `${c.repoId}:${c.headSha}`,
  checkSuite: (c) => `${c.repoId}:${c.headSha}`,
  scannerAlert: (a) => `${a.repoId}:${a.scanner}`,
  delivery: (d) => d.guid,
  workflowRun: (r) => String(r.repoId),
};
