import { z } from 'zod';
import type { Dependency } from '../domain/advisory.ts';
import { storableText } from '../domain/storable.ts';

/** Packages of one repository that are kept; GitHub's own dependency graph ends at about as many. */
const packageLimit = 20_000;

/** https://docs.github.com/rest/dependency-graph/sboms: SPDX 2.3. */
export const sbomShape = z.looseObject({
  sbom: z.looseObject({
    SPDXID: z.string().default('SPDXRef-DOCUMENT'),
    packages: z.array(
      z.looseObject({
        SPDXID: z.string().optional(),
        versionInfo: z.string().optional(),
        externalRefs: z.array(z.looseObject({ referenceType: z.string(), referenceLocator: z.string() })).optional(),
      }),
    ),
    relationships: z
      .array(
        z.looseObject({
          relationshipType: z.string().optional(),
          spdxElementId: z.string().optional(),
          relatedSpdxElement: z.string().optional(),
        }),
      )
      .optional(),
  }),
});

type Sbom = z.infer<typeof sbomShape>['sbom'];

/** Types of package URLs by the name an advisory gives the ecosystem. */
const ecosystems: Readonly<Record<string, string>> = {
  npm: 'npm',
  pypi: 'pip',
  gem: 'rubygems',
  maven: 'maven',
  nuget: 'nuget',
  composer: 'composer',
  golang: 'go',
  cargo: 'rust',
  hex: 'erlang',
  pub: 'pub',
  swift: 'swift',
  githubactions: 'actions',
};

/** The packages of an SBOM that advisories speak of, each version once. */
export function readDependencies(sbom: Sbom): Dependency[] {
  const depth = depthOf(sbom);
  const found = new Map<string, Dependency>();
  for (const one of sbom.packages) {
    if (found.size >= packageLimit) break;
    const purl = one.externalRefs?.find((ref) => ref.referenceType === 'purl')?.referenceLocator;
    const named = purl === undefined ? undefined : readPurl(purl);
    const version = one.versionInfo?.trim() || named?.version;
    if (!named || !version || version.length > 128) continue;
    const relationship = one.SPDXID === undefined ? undefined : depth(one.SPDXID);
    const key = `${named.ecosystem} ${named.name} ${version}`;
    if (found.get(key)?.relationship === 'direct') continue;
    found.set(key, { ecosystem: named.ecosystem, name: named.name, version, ...(relationship && { relationship }) });
  }
  return [...found.values()];
}

/** `pkg:npm/%40acme/left@1.2.3` as an advisory names it: `@acme/left` of npm. */
function readPurl(purl: string): { ecosystem: string; name: string; version?: string } | undefined {
  const parts = /^pkg:\/{0,2}([a-z]+)\/([^@?#]+)(?:@([^?#]+))?/i.exec(purl);
  const ecosystem = ecosystems[parts?.[1]?.toLowerCase() ?? ''];
  if (!parts || ecosystem === undefined) return undefined;
  try {
    const path = (parts[2] ?? '').split('/').map(decoded);
    const name = path.join(ecosystem === 'maven' ? ':' : '/');
    const version = parts[3] === undefined ? {} : { version: decoded(parts[3]) };
    return name.length > 214 ? undefined : { ecosystem, name, ...version };
  } catch {
    return undefined;
  }
}

/** Throws on what is no UTF-8. */
function decoded(part: string): string {
  return storableText(decodeURIComponent(part));
}

/** Direct is what the repository itself depends on, where the SBOM says too what packages depend on among themselves. */
function depthOf({ SPDXID: document, relationships = [] }: Sbom): (id: string) => Dependency['relationship'] {
  const described = relationships.find((one) => one.relationshipType === 'DESCRIBES')?.relatedSpdxElement ?? document;
  const depends = relationships.filter((one) => one.relationshipType === 'DEPENDS_ON');
  const own = depends.filter((one) => one.spdxElementId === described || one.spdxElementId === document);
  if (own.length === 0 || own.length === depends.length) return () => undefined;
  const direct = new Set(own.map((one) => one.relatedSpdxElement));
  return (id) => (direct.has(id) ? 'direct' : 'transitive');
}
