import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/domain/locale.ts';
import { foldedMessage, messageOf } from '../../src/notify/message.ts';
import { cryptomining } from '../publish/stories.ts';

const place = { repository: 'acme/soc', url: 'http://forge.example/acme/soc' };

function told(language: Language, event: 'opened' | 'raised' | 'taken', was?: 'low' | 'critical') {
  const view = cryptomining();
  const incident = { ...view.incident, ...(event === 'taken' ? { owner: 'ken' } : {}) };
  const policy = { ...view.policy, language };
  return messageOf({ id: '1', event, was }, { ...view, incident, policy }, place);
}

describe('a message to a channel', () => {
  it('is written in the language of the room', () => {
    expect(told('en', 'raised', 'low').line).toMatch(/^Severity is now \w+; it was low\. /);
    expect(told('ja', 'raised', 'low').line).toMatch(/^重大度が low から \w+ になりました。/);
    expect(told('en', 'raised', 'critical').line).toMatch(/^Exploited and exposed now\. /);
    expect(told('ja', 'raised', 'critical').line).toMatch(/^悪用され、かつ外部に公開された状態になりました。/);
    expect(told('en', 'taken').line).toMatch(/^ken has it\. /);
    expect(told('ja', 'taken').line).toMatch(/^ken が担当しています。/);
    expect(told('ja', 'opened').facts.map(({ name }) => name)).toEqual(['重大度', '種類', '発生', 'インジケーター']);
  });

  it('says the same of the incident in every language', () => {
    const [en, ja] = [told('en', 'opened'), told('ja', 'opened')];
    const values = (message: typeof en) => message.facts.slice(0, 3).map(({ value }) => value);
    expect(values(ja)).toEqual(values(en));
    expect({ ...ja, line: '', facts: [] }).toEqual({ ...en, line: '', facts: [] });
  });

  it('that stands for many counts them in the language of the room', () => {
    const waiting = [
      { id: '1', severity: 'high', event: 'opened' },
      { id: '2', severity: 'high', event: 'opened' },
      { id: '3', severity: 'low', event: 'opened' },
    ] as const;
    const lineIn = (language: Language) =>
      foldedMessage([...waiting], place, { perHour: 10, language }, new Date(0)).line;
    expect(lineIn('en')).toBe(
      '3 more incidents need somebody: 2 high, 1 low. Told in one line, since 10 messages an hour are the limit here.',
    );
    expect(lineIn('ja')).toBe(
      'ほかに 3 件のインシデントが対応を必要としています: high 2 件、low 1 件。ここでは 1 時間 10 通が上限のため、まとめて通知します。',
    );
  });
});
