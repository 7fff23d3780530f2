import { hasSecretSign } from './secret-signs.ts';

/** What stands where a secret stood. */
const secretRemoved = '[secret removed]';

/** Names that a secret stands behind; `pwd` is also the working directory, so no path behind it is one. */
const names =
  /(?:password|passwd|pwd(?![\\"']{0,16}\s*[=:]\s*[\\"']{0,16}(?:[/~.]|[a-z]:))|(?:client|user)[_-]?(?:secret|password)|secret[_-]?access[_-]?key|secret|api[_-]?key|access[_-]?token|auth[_-]?token)/
    .source;

/** What a password may be made of: no space, no quotation mark, nothing that ends a parameter. */
const value = /(?!\[secret removed\])(?:[^\s\\"'&,;]|\\{1,16}(?![\\"'])){6,}/.source;

/**
 * Shapes of secrets that products publish: prefix and alphabet as in their own documentation (GitHub, AWS, Slack,
 * Google, Stripe, npm, Anthropic, JWT, PEM), and `password=`-like assignments. The first group is what stays: who looks
 * for `password=` or `Bearer` still finds it. Each takes time in proportion to the text, whatever the text is.
 */
const shapes: RegExp[] = [
  // Up to what no key can hold, so that nobody hides the rest of a record behind the beginning of one.
  /()-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\\s:,-]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=[^A-Za-z0-9+/=\\\s:,-])|$)/g,
  /()\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\bxox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /()\bAIza[A-Za-z0-9_-]{35}/g,
  /()\b[sr]k_live_[A-Za-z0-9]{16,}/g,
  /()\bnpm_[A-Za-z0-9]{30,}/g,
  /()\bsk-ant-[A-Za-z0-9_-]{20,}/g,
  /()(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /(\bBearer\s+)[A-Za-z0-9._~+/-]{16,}=*/gi,
  /(\bauthorization[\\"']{0,16}\s*[=:]\s*[\\"']{0,16}basic\s+)[A-Za-z0-9+/=]{8,}/gi,
  // The password of an address: who logs in and where stays. Some write `\/` in JSON.
  /(\b[a-z][a-z0-9+.-]{1,20}:(?:\\{0,16}\/){2}[^\s/@:"'\\]{1,64}:)(?!\[secret removed\])[^\s/@"'\\]{1,256}(?=@)/gi,
  // In JSON within JSON the quotation marks have backslashes before them, which stay.
  new RegExp(String.raw`((?:\b|_)${names}[\\"']{0,16}\s*[=:]\s*[\\"']{0,16})${value}`, 'gi'),
  new RegExp(String.raw`((?:^|\s)--?${names}\s+["']?)(?!-)${value}`, 'gi'),
];

/** Whether any of the shapes can be in a text at all: one look instead of many. */
const mayHoldSecret =
  /-----BEGIN|gh[pousr]_|github_pat_|A(?:KI|SI)A|xox[abeprs]-|AIza|[sr]k_live_|npm_|sk-ant-|eyJ|:(?:\\{0,16}\/){2}[^\s/@]{3,330}@|bearer|authorization|(?:passw(?:or)?d|pwd|secret|api[_-]?key|(?:access|auth)[_-]?token)(?=[\\"'\s=:]|$)/i;

/** Whether bytes, as UTF-8, may hold a secret. */
export function mayHoldSecretIn(bytes: Buffer): boolean {
  return hasSecretSign(bytes) && mayHoldSecret.test(bytes.toString('latin1'));
}

/** The text with every secret in it replaced by `[secret removed]`. Masking twice changes nothing more. */
export function maskSecrets(text: string): string {
  if (!mayHoldSecret.test(text)) return text;
  return shapes.reduce((masked, shape) => masked.replace(shape, `$1${secretRemoved}`), text);
}

/** The same for the value of a field: `{"password": "…"}` says as much as `password=…`. */
export function maskSecretOf(field: string, text: string): string {
  const masked = maskSecrets(text);
  if (masked !== text || field === '' || !mayHoldSecret.test(field)) return masked;
  return maskSecrets(`${field}=${text}`) === `${field}=${text}` ? text : secretRemoved;
}

/**
 * The same for every text in a value, names of fields counted in. The shape of the value stays, so that its JSON can
 * still be read.
 */
export function maskSecretsIn(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return maskSecretOf(field, value);
  if (Array.isArray(value)) return value.map((item) => maskSecretsIn(item, field));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [maskSecrets(key), maskSecretsIn(item, key)]));
}
