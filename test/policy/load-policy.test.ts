import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileLimits } from '../../src/policy/file-kind.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { exampleFiles, filesOf, goodPolicy, known, meta, problemsIn } from './policy-files.ts';

describe('the config repository', () => {
  it.each(['config-repo', 'starter'])('examples/%s loads without a problem', (name) => {
    const files = exampleFiles(name);
    const { policy, problems } = loadPolicy(files, meta, known);
    expect(files.length).toBeGreaterThan(5);
    expect(problems).toEqual([]);
    expect(policy.playbooks.at(-1)).toMatchObject({ id: 'default', when: {} });
  });

  it.each(['vulnerability', 'leaked-secret'] as const)('the starter has questions of its own for a %s', (kind) => {
    const { playbooks } = loadPolicy(exampleFiles('starter'), meta, known).policy;
    const found = playbooks.find(({ when }) => when.kind?.includes(kind));
    expect(found?.questions.length).toBeGreaterThan(0);
  });

  it('the starter observes and mentions nobody; the example asks for approval', () => {
    const starter = loadPolicy(exampleFiles('starter'), meta, known).policy;
    expect(starter).toMatchObject({ mode: 'observe', mention: { who: [] } });
    const example = loadPolicy(exampleFiles('config-repo'), meta, known).policy;
    expect(example.responses.map((rule) => [rule.id, rule.autonomy])).toEqual([
      ['block-external-address', 'approve'],
      ['block-domain', 'approve'],
    ]);
  });

  it('has the files of its detections as they are written, whatever they say', () => {
    const texts = { 'detections/b.yml': '# ours\ntitle: B\n', 'detections/aws/a.yml': 'title: A\n---\ntitle: A2\n' };
    const { policy } = loadPolicy(filesOf({ ...texts, 'sources/a.yml': 'a: 1\n' }), meta, known);
    expect(policy.detections).toEqual([
      { path: 'detections/aws/a.yml', text: texts['detections/aws/a.yml'] },
      { path: 'detections/b.yml', text: texts['detections/b.yml'] },
    ]);
  });

  it('is safe defaults where it says nothing', () => {
    const defaults = safeDefaults(meta.repository);
    const { mention, notifications } = defaults;
    // What mode observe keeps from happening is remembered, for the digest.
    expect(goodPolicy({})).toEqual({ ...defaults, commit: meta.commit, observed: { mention, notifications } });
  });

  it('does not depend on the order of its files', () => {
    const files = exampleFiles('config-repo');
    const expected = loadPolicy(files, meta, known);
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(loadPolicy(shuffled, meta, known)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('takes any bytes in any file without throwing', () => {
    const paths = fc.constantFrom(
      'yagura.md',
      'context/a.md',
      'policies/response.md',
      'playbooks/a.md',
      'detections/a.yml',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('-', ':', ' ', '\n', 'a', '[', '{', '&', '*', '!', '"') }),
    );
    fc.assert(
      fc.property(
        paths,
        fc.oneof(
          text,
          text.map((t) => `---\n${t}\n---\n`),
        ),
        (path, content) => {
          const { problems } = loadPolicy(filesOf({ [path]: content }), meta, known);
          for (const problem of problems) {
            expect(problem.path).toBe(path);
            expect(problem.line).toBeGreaterThanOrEqual(1);
            expect(problem.line).toBeLessThanOrEqual(content.split('\n').length);
            expect(problem.message).not.toMatch(/[\n\0]/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads UTF-8 with a byte order mark, and refuses other bytes', () => {
    const text = '---\norganization: 櫓\n---\n';
    expect(goodPolicy({ 'yagura.md': `\uFEFF${text}` }).organization).toBe('櫓');
    expect(problemsIn({ 'yagura.md': new Uint8Array([0x2d, 0x2d, 0x2d, 0xff, 0xfe]) })).toEqual([
      'yagura.md:1 The file is not UTF-8 text.',
    ]);
    expect(problemsIn({ 'knowledge/a.md': 'a\0b' })).toEqual(['knowledge/a.md:1 The file is not UTF-8 text.']);
  });

  it('refuses a file that is too large, and too many files', () => {
    expect(problemsIn({ 'knowledge/a.md': new Uint8Array(fileLimits.bytes + 1) })).toEqual([
      'knowledge/a.md:1 The file is larger than 512 KiB, the most that is read of one file.',
    ]);
    const { files } = fileLimits;
    const many = Object.fromEntries(Array.from({ length: files + 1 }, (_, i) => [`knowledge/${10_000 + i}.md`, 'x']));
    expect(problemsIn(many)).toEqual([
      `knowledge/${10_000 + files}.md:1 More than ${files} files of policy; this is the first too many.`,
    ]);
  });

  it('refuses files that would silently not be read, and leaves the rest of the repository alone', () => {
    expect(
      problemsIn({
        'policies/respones.md': 'x',
        'policies/more/triage.md': 'x',
        'playbooks/a.yml': 'x: 1',
        'detections/rule.yaml': 'x: 1',
        'sources/a.json': '{}',
      }),
    ).toEqual([
      'detections/rule.yaml:1 This file would not be read: detections/ holds rules that end in .yml.',
      'playbooks/a.yml:1 This file would not be read: playbooks/ holds files that end in .md, without folders below.',
      expect.stringContaining('policies/more/triage.md:1 This file would not be read'),
      expect.stringContaining('policies/respones.md:1 This file would not be read: did you mean policies/response.md?'),
      'sources/a.json:1 This file would not be read: sources/ holds files that end in .yml, without folders below.',
    ]);
    const others = {
      'README.md': '\0',
      'context/README.md': 'x',
      '.github/a.yml': '{',
      'docs/x.md': '---js',
      'context/.gitkeep': '',
    };
    expect(problemsIn(others)).toEqual([]);
  });

  it('reads sources and knowledge as far as their form', () => {
    expect(
      problemsIn({
        'sources/a.yml': 'a: 1\n---\nb: 1\n',
        'knowledge/a.md': 'prose',
      }),
    ).toEqual([]);
    expect(
      problemsIn({
        'sources/a.yml': 'title: x\ntitle: y\n',
        'sources/b.yml': '- 1\n',
        'sources/c.yml': '',
        'sources/d.yml': '%YAML 1.1\n---\na: 1\n',
        'detections/empty.yml': '',
        'knowledge/a.md': '---js\n{}\n---\n',
      }).map((problem) => problem.slice(0, 60)),
    ).toEqual([
      'detections/empty.yml:1 The file is empty.',
      'knowledge/a.md:1 Front matter is YAML only: the first line must be exactly ---.'.slice(0, 60),
      'sources/a.yml:2 This key is already given above; each key may stand once.'.slice(0, 60),
      'sources/b.yml:1 Expected lines of "key: value".',
      'sources/c.yml:1 The file is empty.',
      'sources/d.yml:1 A YAML directive (a line that begins with %) is not allowed.'.slice(0, 60),
    ]);
  });

  it('says the same about the same broken commit every time', () => {
    const files = { 'yagura.md': '---\nmode: [\n---\n', 'policies/response.md': '---js\n{}\n---\n' };
    expect(problemsIn(files)).toEqual(problemsIn(files));
    expect(problemsIn(files)).toHaveLength(2);
  });
});
