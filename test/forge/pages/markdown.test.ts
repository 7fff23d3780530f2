import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { References } from '../../../src/forge/pages/markdown/references.ts';
import { renderMarkdown } from '../../../src/forge/pages/markdown/render-markdown.ts';
import { INCIDENT_BODY } from './incident-body.ts';

const references: References = {
  mention: (name) => (name === 'hana' ? '/hana' : null),
  issue: (_repo, number) => (number === 1 ? '/issues/1' : null),
};
const render = (text: string) => String(renderMarkdown(text, { in: 'conversation', references }));

/** Every tag the renderer may write, with the attributes it may carry. */
const ALLOWED: Record<string, string[]> = {
  a: ['href', 'rel', 'class', 'title'],
  code: ['class'],
  pre: ['class'],
  div: ['class'],
  li: ['class'],
  ol: ['start'],
  th: ['class'],
  td: ['class'],
  input: ['type', 'disabled', 'checked'],
};
for (const tag of 'p h1 h2 h3 h4 h5 h6 blockquote ul table thead tbody tr em strong s br hr sub details summary'.split(
  ' ',
))
  ALLOWED[tag] = [];
const VOID = ['br', 'hr', 'input'];

/** Tags that are not allowed, not balanced, or carry an attribute they must not; none when all is well. */
function faultsOf(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  for (const [whole, slash, tag = '', attributes = ''] of html.matchAll(/<(\/?)([a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)) {
    const known = ALLOWED[tag];
    if (!known) faults.push(`tag ${whole}`);
    else if (slash) {
      if (open.pop() !== tag) faults.push(`unbalanced ${whole}`);
    } else if (!VOID.includes(tag)) open.push(tag);
    for (const [, name = '', value = ''] of attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)) {
      if (!known?.includes(name)) faults.push(`attribute ${name} in ${whole}`);
      if (name === 'href' && !/^(https?:\/\/|[^:]*$|[^:]*[/?#])/i.test(value)) faults.push(`link ${value}`);
    }
  }
  return open.length > 0 ? [...faults, `left open: ${open.join(' ')}`] : faults;
}

describe('markdown of issues', () => {
  it('shows an incident with folds, diagram, table, tasks and references, and hides markers', () => {
    const html = render(INCIDENT_BODY);
    expect(html).toContain('<summary>Attack path &amp; more</summary>\n<pre class="mermaid">flowchart TD');
    expect(html).toContain('<code>miner &lt;/details&gt; started</code>');
    expect(html.match(/<details>/g)).toHaveLength(2);
    expect(html).toContain('<div class="table"><table>');
    expect(html).toContain('<input type="checkbox" disabled checked> isolate <s>later</s>');
    expect(html).toContain('<a href="/hana" class="mention"');
    expect(html).toContain('and @nobody, see <a href="/issues/1" class="issue-ref"');
    expect(html).toContain('and #99.');
    expect(html).not.toContain('yagura:v1');
    expect(html).toContain('<sub>policy acme/soc-config@1a2b3c4 · <code>/help</code></sub>');
    expect(faultsOf(html)).toEqual([]);
  });

  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['<details ontoggle=alert(1)>', '&lt;details ontoggle=alert(1)&gt;'],
    ['[click](javascript:alert(1))', '[click](javascript:alert(1))'],
    ['[click](data:text/html,x)', '[click](data:text/html,x)'],
    ['<https://a.example> and https://b.example', 'and https://b.example'],
    ['<!-- never ended', '&lt;!-- never ended'],
    ['# x </details>', '<h1>x &lt;/details&gt;</h1>'],
    ['</sub> stray', '&lt;/sub&gt; stray'],
  ])('shows %s as text', (text, shown) => {
    const html = render(text);
    expect(html).toContain(shown);
    expect(faultsOf(html)).toEqual([]);
  });

  it('never loads an image: it becomes a link', () => {
    const html = render('![pixel](https://a.example/p.png)');
    expect(html).not.toContain('<img');
    expect(html).toContain('href="https://a.example/p.png">pixel (image, not loaded)</a>');
  });

  it('does not let text inside a section close it', () => {
    const html = render(
      '<details><summary>Log</summary>\n\n> </details>\n\n- </details>\n\ninside\n\n</details>\n\nafter',
    );
    expect(html.indexOf('inside')).toBeLessThan(html.indexOf('</details>'));
    expect(html.indexOf('after')).toBeGreaterThan(html.indexOf('</details>'));
    expect(html.match(/<\/details>/g)).toHaveLength(1);
  });

  it('ends what was never ended, so that nothing leaks out of a comment', () => {
    expect(render('<details>\n<details>\n\nx <sub>y')).toBe(
      '<details>\n<details>\n<p>x <sub>y</sub></p>\n</details>\n</details>\n',
    );
  });

  it('mentions nobody inside code, links and mail addresses', () => {
    expect(render('`@hana` [@hana](https://a.example) x@hana.example @hana/x')).not.toContain('mention');
  });

  it('writes only allowed, balanced tags whatever the text is', () => {
    const piece = fc.constantFrom(
      ...['<details>', '</details>', '<summary>', '</summary>', '<summary>x</summary>', '<sub>', '</sub>', '<br>'],
      ...[
        '<!--',
        '-->',
        '`',
        '```\n',
        '```mermaid\n',
        '> ',
        '- ',
        '1. ',
        '**',
        '_',
        '[x](',
        ')',
        '![',
        '](//a)',
        '|a|b|\n',
      ],
      ...['|---|:-:|\n', '"', "'", '<', '>', '&lt;', '<script>', 'javascript:', '@hana', '#1', '    ', '\\', '- [ ] '],
    );
    const text = fc.array(fc.oneof(piece, fc.constant('\n'), fc.constant('\n\n'), fc.string({ maxLength: 4 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (parts) => {
        expect(faultsOf(render(parts.join('')))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
});
