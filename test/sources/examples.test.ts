import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';
import { falco } from '../../src/sources/falco.ts';
import { github } from '../../src/sources/github.ts';
import { guardduty } from '../../src/sources/guardduty.ts';
import type { AlertSource } from '../../src/sources/source.ts';

const folder = join(import.meta.dirname, '..', '..', 'examples', 'alerts');
const context = { receivedAt: new Date('2026-03-01T12:04:00Z') };
const text = (file: string) => readFileSync(join(folder, file), 'utf8');
function parse(source: AlertSource, record: unknown): ParsedAlert[] {
  const parsed = source.parse(record, context);
  if (!Array.isArray(parsed)) throw new Error(parsed.error.en);
  return parsed;
}
const chain = text('falco-cryptomining.ndjson')
  .trim()
  .split('\n')
  .flatMap((line) => parse(falco, JSON.parse(line)));
const others: [string, AlertSource][] = [
  ['guardduty-finding.json', guardduty],
  ['github-secret-scanning.json', github],
  ['github-dependabot.json', github],
];

describe('the example alerts', () => {
  it('are the files the README names, each of them read here', () => {
    const files = readdirSync(folder)
      .filter((file) => file !== 'README.md')
      .sort();
    expect(files).toEqual(['falco-cryptomining.ndjson', ...others.map(([file]) => file)].sort());
    for (const file of files) expect(text('README.md')).toContain(`\`${file}\``);
  });

  it('hold a chain of Falco alerts in order, within three minutes, on one host and in one container', () => {
    expect(chain).toHaveLength(8);
    const times = chain.map((alert) => alert.time.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(180_000);
    for (const alert of chain) {
      expect(validateOcsf(alert.ocsf)).toEqual([]);
      expect(alert.techniques).not.toEqual([]);
      const typed = alert.entities.filter((e) => e.from === 'field').map((e) => `${e.type}:${e.value}`);
      expect(typed).toEqual(expect.arrayContaining(['host:web-01', 'container:3f1c2a9b7d10']));
    }
  });

  it('lead to the pool by address and by name', () => {
    const pool = chain.flatMap((alert) => alert.entities).filter((e) => e.from === 'field' && e.role === 'remote');
    expect(pool.map((e) => e.value)).toEqual(expect.arrayContaining(['203.0.113.7', 'pool.mining.example']));
  });

  it('are different alerts, none a repeat of another', () => {
    const keys = chain.map((alert) => JSON.stringify([alert.rule, alert.fingerprint]));
    expect(new Set(keys).size).toBe(chain.length);
  });

  it.each(others)('%s is one valid alert that shares no typed entity with the chain', (file, source) => {
    const [alert, ...rest] = parse(source, JSON.parse(text(file)));
    expect(rest).toEqual([]);
    expect(validateOcsf(alert?.ocsf)).toEqual([]);
    const seen = new Set(chain.flatMap((one) => one.entities.map((e) => `${e.type}:${e.value}`)));
    expect(alert?.entities.filter((e) => seen.has(`${e.type}:${e.value}`))).toEqual([]);
  });

  it('name only addresses and names that nobody owns', () => {
    const all = readdirSync(folder).map(text).join('\n');
    const addresses = [...all.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)].map((match) => match[0]);
    expect(addresses.length).toBeGreaterThan(0);
    for (const ip of addresses) expect(ip).toMatch(/^(?:192\.0\.2|198\.51\.100|203\.0\.113|10\.88\.0)\.\d+$/);
  });
});
