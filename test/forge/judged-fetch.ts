import { judgeResponse, operationOf } from './judge.ts';

/** A `fetch` that judges every answer on its way, and remembers which operations were exercised. */
export function judgedFetch(apiUrl: string, send: typeof fetch = fetch) {
  const seen = new Set<string>();
  const problems: string[] = [];
  const judging: typeof fetch = async (input, init) => {
    const response = await send(input, init);
    // The description is of REST.
    if (String(input).endsWith('/graphql')) return response;
    const method = init?.method ?? 'GET';
    const path = String(input).slice(apiUrl.length);
    const operation = operationOf(method, path);
    if (operation && response.status < 400) seen.add(operation);
    problems.push(...judgeResponse(method, path, response.status, await bodyOf(response.clone())));
    return response;
  };
  return { fetch: judging, seen, problems };
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return isJson && text !== '' ? JSON.parse(text) : text;
}
