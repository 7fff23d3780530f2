import { createPrivateKey, sign } from 'node:crypto';

/**
 * A function that signs the app's JWT (RS256), in the form `@octokit/auth-app` takes.
 * `iat` lies 30 s back against drift and the token lives 9.5 min; GitHub allows 10.
 */
export function createAppJwt(privateKey: string, now: () => Date) {
  const key = createPrivateKey(privateKey);
  return (appId: string | number, timeDifference = 0): Promise<{ jwt: string; expiresAt: string }> => {
    const seconds = Math.floor(now().getTime() / 1000) + timeDifference;
    const exp = seconds + 570;
    const unsigned = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: seconds - 30, exp, iss: appId })}`;
    const signature = sign('RSA-SHA256', Buffer.from(unsigned), key).toString('base64url');
    return Promise.resolve({ jwt: `${unsigned}.${signature}`, expiresAt: new Date(exp * 1000).toISOString() });
  };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
