import { expect, it } from 'vitest';
import { readDependencies, sbomShape } from '../../src/github/sbom.ts';

const read = (packages: object[], relationships?: object[]) =>
  readDependencies(sbomShape.parse({ sbom: { packages, relationships } }).sbom);

const one = (id: string, purl: string, versionInfo?: string) => ({
  SPDXID: id,
  versionInfo,
  externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
});

it('names packages as advisories do, whatever the ecosystem', () => {
  const found = read([
    one('a', 'pkg:npm/%40acme/left@1.2.3', '1.2.3'),
    one('b', 'pkg:pypi/some-app@2.0', '2.0'),
    one('c', 'pkg:maven/org.acme/core@3.1', '3.1'),
    one('d', 'pkg:golang/github.com/acme/tool@1.0.0'),
    one('e', 'pkg:githubactions/actions/checkout@4', '4'),
    one('f', 'pkg:github/acme/shop@main', 'main'),
    { SPDXID: 'g', versionInfo: '1' },
  ]);
  expect(found).toEqual([
    { ecosystem: 'npm', name: '@acme/left', version: '1.2.3' },
    { ecosystem: 'pip', name: 'some-app', version: '2.0' },
    { ecosystem: 'maven', name: 'org.acme:core', version: '3.1' },
    { ecosystem: 'go', name: 'github.com/acme/tool', version: '1.0.0' },
    { ecosystem: 'actions', name: 'actions/checkout', version: '4' },
  ]);
});

const on = (spdxElementId: string, relatedSpdxElement: string, relationshipType = 'DEPENDS_ON') => ({
  spdxElementId,
  relatedSpdxElement,
  relationshipType,
});

it('tells direct from transitive only where the SBOM says what packages depend on among themselves', () => {
  const packages = [one('a', 'pkg:npm/a@1', '1'), one('b', 'pkg:npm/b@1', '1')];
  const root = on('SPDXRef-DOCUMENT', 'root', 'DESCRIBES');
  const graph = read(packages, [root, on('root', 'a'), on('a', 'b')]);
  expect(graph.map((found) => found.relationship)).toEqual(['direct', 'transitive']);
  const flat = read(packages, [root, on('root', 'a'), on('root', 'b')]);
  expect(flat.map((found) => found.relationship)).toEqual([undefined, undefined]);
});

it('takes a package URL that is broken for none', () => {
  expect(read([one('a', 'pkg:npm/%E0%A4%A@1', '1'), one('b', 'pkg:npm/b', undefined)])).toEqual([]);
});
