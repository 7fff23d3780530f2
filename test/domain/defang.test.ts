import { expect, it } from 'vitest';
import { defang } from '../../src/domain/defang.ts';
import type { EntityType } from '../../src/domain/entity.ts';

it.each<[EntityType, string, string]>([
  ['ip', '203.0.113.7', '203.0.113[.]7'],
  ['ip', '2001:db8::7', '2001:db8:[:]7'],
  ['domain', 'shop.example.com', 'shop.example[.]com'],
  ['url', 'https://shop.example.com/a.b', 'hxxps://shop[.]example[.]com/a[.]b'],
  ['email', 'hana.o@shop.example.com', 'hana.o[@]shop.example[.]com'],
  ['process', '/opt/run.sh', '/opt/run.sh'],
])('%s %s is shown as %s', (type, value, shown) => {
  expect(defang({ type, value })).toBe(shown);
});
