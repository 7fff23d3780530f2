import { expect, it } from 'vitest';
import { repositoryUrl } from '../../src/github/web-url.ts';

it.each([
  ['https://api.github.com', 'https://github.com/acme/soc'],
  ['https://api.acme.ghe.com', 'https://acme.ghe.com/acme/soc'],
  ['https://github.acme.example/api/v3', 'https://github.acme.example/acme/soc'],
  ['https://git.acme.example/forge/api/v1', 'https://git.acme.example/forge/acme/soc'],
  ['http://127.0.0.1:3000/api/v3', 'http://127.0.0.1:3000/acme/soc'],
])('the pages of a server whose API is at %s are at %s', (api, pages) => {
  expect(repositoryUrl(api, { owner: 'acme', name: 'soc' })).toBe(pages);
});
