import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sha256 } from '../domain/canonical.ts';
import { YaguraError } from '../domain/error.ts';
import { tiers } from '../domain/model.ts';
import { type Prompt, type Prompts, promptIds } from '../investigate/agent/brief.ts';
import { languagePlace } from '../investigate/agent/system.ts';
import { readFrontMatter } from '../policy/front-matter.ts';

/** What each answer must be; the shapes themselves stand in code. */
const outputs = ['none', 'plan', 'replan', 'report', 'extract', 'answer'] as const;

const frontMatter = z.strictObject({
  id: z.enum(promptIds),
  version: z.int().positive(),
  tier: z.enum(tiers),
  tools: z.union([z.literal('playbook'), z.array(z.never()).length(0)]),
  output: z.enum(outputs),
  max_tokens: z.int().min(256).max(32_000),
});

/** Reads `prompts/` whole. Throws `YaguraError('prompts')` with one sentence that names the file. */
export function loadPrompts(folder: URL): Prompts {
  return Object.fromEntries(promptIds.map((id) => [id, loadPrompt(folder, id)])) as Prompts;
}

function loadPrompt(folder: URL, id: (typeof promptIds)[number]): Prompt {
  const path = `prompts/${id}.md`;
  const wrong = (what: string, cause?: unknown) =>
    new YaguraError('prompts', `${path} cannot be used: ${what}.`, {
      hint: 'Restore the file from the checkout.',
      ...(cause === undefined ? {} : { cause }),
    });
  let text: string;
  try {
    text = readFileSync(new URL(`${id}.md`, folder), 'utf8');
  } catch (cause) {
    throw wrong('it is not there', cause);
  }
  const { value, problems } = readFrontMatter(text);
  if (!value) throw wrong(problems.map((problem) => problem.message).join(' '));
  const parsed = frontMatter.safeParse(value.data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`);
  }
  if (parsed.data.id !== id) throw wrong(`its id is ${parsed.data.id}`);
  const body = value.body.trim();
  if (body === '') throw wrong('it says nothing');
  if (id === 'investigator' && !body.includes(languagePlace)) throw wrong(`it does not say ${languagePlace}`);
  const { version, tier, max_tokens } = parsed.data;
  return { id, version: String(version), tier, maxTokens: max_tokens, text: body, hash: sha256(text) };
}
