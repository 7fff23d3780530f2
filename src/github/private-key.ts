import { createPrivateKey } from 'node:crypto';

/** The key as PKCS#8 PEM, or why it is not one. */
export type PrivateKeyReading = { pem: string } | { refused: string };

/**
 * Reads a GitHub App's private key however an environment carried it: PEM, PEM with literal `\n`, or base64 of PEM.
 * GitHub hands out PKCS#1; PKCS#8 is what every signing library takes.
 */
export function readPrivateKey(text: string): PrivateKeyReading {
  const pem = toPem(text.trim());
  if (pem === undefined) return { refused: 'it holds no "-----BEGIN … PRIVATE KEY-----" block' };
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa') return { refused: `it is a ${key.asymmetricKeyType} key, not an RSA key` };
    return { pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
  } catch {
    return { refused: 'its PEM block cannot be read (cut short, or protected by a passphrase)' };
  }
}

function toPem(text: string): string | undefined {
  const plain = text.replaceAll('\\n', '\n');
  if (plain.includes('-----BEGIN')) return plain;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.includes('-----BEGIN') ? decoded : undefined;
}
