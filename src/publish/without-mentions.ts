/** A code span, or a mention of a login or a team. */
const spanOrMention = /(`+)(?!`)[\s\S]*?[^`]\1(?!`)|(?<![\w/])@([a-z0-9][\w-]*(?:\/[\w.-]*[\w-])?)/gi;

/** A text of ours in which these are names only; code spans stay as they are. */
export function withoutMentions(text: string, names: readonly string[]): string {
  const unmentioned = new Set(names.map((name) => name.toLowerCase()));
  return text.replace(spanOrMention, (found: string, _: unknown, name: string | undefined) =>
    name !== undefined && unmentioned.has(name.toLowerCase()) ? name : found,
  );
}
