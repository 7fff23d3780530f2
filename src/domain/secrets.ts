/**
 * Shapes of secrets that products publish: prefix and alphabet as in their own documentation (GitHub, AWS, Slack,
 * Google, Stripe, npm, Anthropic, JWT, PEM) and `password=`-like assignments.
 */
const shapes: RegExp[] = [
  // Up to what no key can hold, so that nobody hides the rest of a record behind the beginning of one.
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\\s:,-]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?=[^A-Za-z0-9+/=\\\s:,-])|$)/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\b[sr]k_live_[A-Za-z0-9]{16,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bsk-ant-[A-Za-z0-9_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /\bBearer\s+[A-Za-z0-9._~+/-]{16,}=*/gi,
  // In JSON within JSON the quotation marks have backslashes before them, which stay.
  /\b(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)[\\"']*\s*[=:]\s*[\\"']*(?:[^\s\\"'&,;]|\\+(?![\\"'])){6,}/gi,
];

/** The text with everything that looks like a secret replaced by `[secret removed]`. */
export function maskSecrets(text: string): string {
  return shapes.reduce((masked, shape) => masked.replace(shape, '[secret removed]'), text);
}

/**
 * The same for every text in a value, names of fields counted in: `{"password": "…"}` says as much as `password=…`. The
 * shape of the value stays, so that its JSON can still be read.
 */
export function maskSecretsIn(value: unknown, field = ''): unknown {
  if (typeof value === 'string') {
    const masked = maskSecrets(value);
    const named = masked === value && field !== '' && maskSecrets(`${field}=${value}`) !== `${field}=${value}`;
    return named ? '[secret removed]' : masked;
  }
  if (Array.isArray(value)) return value.map((item) => maskSecretsIn(item, field));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [maskSecrets(key), maskSecretsIn(item, key)]));
}
