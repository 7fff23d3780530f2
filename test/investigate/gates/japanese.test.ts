import { describe, expect, it } from 'vitest';
import { techniques } from '../../../src/investigate/attack/techniques.ts';
import { gateClaim } from '../../../src/investigate/gates/claim-gate.ts';
import { groundOf } from '../../../src/investigate/gates/ground.ts';
import { reportAnswer } from '../../../src/investigate/gates/model-answer.ts';
import { gateReport } from '../../../src/investigate/gates/report-gate.ts';
import { evidenceOf } from '../../publish/views.ts';
import { answer, claim, ground, evidence as mining } from './mining-ground.ts';

const record = {
  ...evidenceOf(4, 'raw-record', 'found', ['生レコード']),
  result: {
    text: '不審なログイン: 203.0.113.9から10回、mika@example.jp宛。詳細はhttps://log.example/aを参照',
    file: '請求書か\u3099ある.docx',
    name: 'サーバー・アラート',
    peers: ['日本語.example', 'c2.example.com'],
  },
};
const japanese = groundOf({
  incidentId: '7',
  evidence: [...mining, record],
  entities: [...ground.entities.values()],
});

function gated(text: string, ids = ['E4']) {
  return gateClaim(claim(text, ids), japanese);
}

describe('a Japanese sentence passes', () => {
  it.each([
    ['a list with middle dots', '利用者・端末・時刻のいずれも通常と異なります。'],
    ['a dotted name in kana', '「サーバー・アラート」という名前です。'],
    ['an address with a particle behind it', '203.0.113.9からログインが試みられました。'],
    ['a mail address between kana', '宛先はmika@example.jpでした。'],
    ['a link between kana', '詳細はhttps://log.example/aにあります。'],
    ['several sentences', '試行は10回でした！成功したか？確認できません。'],
    ['brackets of a full width', '試行(10回)は、深夜に行われました（UTC）。'],
    ['a half-width product name', 'Windows・Linuxの両方で記録されました。'],
    ['a file with a Japanese name', '「請求書がある.docx」とは別の報告書.docxはありません。'],
    ['an ending behind a particle', '拡張子が.zipのファイルと、これは.NETの部品です。'],
    ['a name at its end', '通信先は c2.example.com。次に確認します。'],
    ['an address before a name', '通信は 203.0.113.9。c2.example.com にも続きました。'],
    ['words on both sides of a full stop', '対象は web-01。web-02 は対象外です。'],
    ['words behind a full stop', '実行を確認した。COMオブジェクトが残る。2台。3台。'],
    ['kana joined from two signs', '「請求書がある.docx」が開かれました。'],
  ])('with %s', (_, text) => {
    expect(gated(text)).toHaveProperty('claim');
  });

  it('with an indicator as an entity of its own, and the rest as it was written', () => {
    expect(gated('送信元は203.0.113.9で、宛先はmika@example.jpです。')).toMatchObject({
      claim: {
        text: [
          '送信元は',
          { entity: { type: 'ip', value: '203.0.113.9' } },
          'で、宛先は',
          { entity: { type: 'email', value: 'mika@example.jp' } },
          'です。',
        ],
      },
    });
  });
});

describe('a known name or address is an entity', () => {
  it.each([
    ['通信先はc2。example。comです。', '通信先は', { type: 'domain', value: 'c2.example.com' }],
    ['通信先はc2｡example｡comです。', '通信先は', { type: 'domain', value: 'c2.example.com' }],
    ['送信元は203。0。113。9です。', '送信元は', { type: 'ip', value: '203.0.113.9' }],
    ['通信先は日本語.exampleです。', '通信先は', { type: 'domain', value: 'xn--wgv71a119e.example' }],
  ])('in %s', (text, before, entity) => {
    expect(gated(text)).toMatchObject({ claim: { text: [before, { entity }, 'です。'] } });
  });
});

describe('a Japanese sentence is taken out that', () => {
  it.each([
    ['names an address nothing has', '203.0.113.10から侵入されました。', 'names an indicator no evidence has'],
    ['names a part of an address', '03.0.113.9から侵入されました。', 'names an indicator no evidence has'],
    ['names a mail address nothing has', '宛先はkana@example.jpです。', 'names an indicator no evidence has'],
    ['names a longer mail address', '宛先はxmika@example.jpです。', 'names an indicator no evidence has'],
    ['names another page', '詳細はhttps://log.example/bにあります。', 'names an indicator no evidence has'],
    ['hides a dot', '通信先はevil・exampleです。', 'names an indicator no evidence has'],
    ...[
      'evil。com',
      'evil｡com',
      'evil[。]com',
      'evil。co。jp',
      'key。c2.example.com',
      'http://evil。com/x',
      'eve@evil。com',
      '203。0。113。77',
      '203｡0｡113｡77',
      '２０３。０。１１３。７７',
      '例え.jp',
      '日本語.com',
      '日本語.example.com',
      '語.example',
      'www.例え.co.jp',
      '管理者.例え.jp',
      'https://例え.jp/x',
    ].map((name) => [`invents ${name}`, `通信先は ${name} です。`, 'names an indicator no evidence has']),
    ['invents a mixed name between kana', '通信先は例え.jpです。', 'names an indicator no evidence has'],
    ['quotes what is not there', '「管理者による作業」と記録されています。', 'quotes what is not there'],
    ['does not end a quotation', '「不審なログインと記録されています。', 'quotes what is not there'],
    ['links', '[詳細](https://log.example/a)を参照。', 'holds a link or markup'],
    ['says too much', '長'.repeat(401), 'is too long'],
    ['is no words', '。。。！', 'says nothing'],
    ['names evidence in brackets of a full width', '不審です（E9）。', 'names evidence that does not exist'],
  ])('%s', (_, text, reason) => {
    expect(gated(text)).toEqual({ dropped: reason });
  });

  it('cites nothing', () => {
    expect(gated('不審なログインです。', [])).toEqual({ dropped: 'cites nothing' });
  });
});

describe('a Japanese report', () => {
  const given = answer({
    because: claim('件名「xmrig started as www-data」は採掘プログラムを示します。', ['E1']),
    hypotheses: [
      { statement: '管理者が web-01 の負荷試験をしています。', benign: true, for: [], against: [] },
      {
        statement: '何者かがスクリプトを置き、採掘プログラムを動かしています。',
        benign: false,
        for: [
          claim('「/var/www/uploads/a.php」が残されました。', ['E2']),
          claim('203.0.113.99が操作しました。', ['E1']),
        ],
        against: [],
      },
    ],
    severity: { proposed: 'high', because: claim('「www-data」の権限で動いています。', ['E1']) },
    questions: [{ ask: 'web-01 で負荷試験をしていますか？', who: 'web-01 の管理者' }],
  });

  it('passes but for what is bound to nothing', () => {
    const { verdict, because, questions, assessment, dropped } = gateReport(
      reportAnswer.parse(given),
      ground,
      [],
      techniques,
      'ja',
    );
    expect(verdict).toBe('true-positive');
    expect(because).toBe('件名“xmrig started as www-data”は採掘プログラムを示します。');
    expect(questions).toEqual([{ ask: 'web-01 で負荷試験をしていますか？', who: 'web-01 の管理者' }]);
    expect(assessment?.hypotheses[0]?.for).toHaveLength(1);
    expect(dropped).toContainEqual({ reason: 'names an indicator no evidence has', count: 1 });
  });

  it('is told in Japanese why its verdict does not stand', () => {
    const { verdict, because } = gateReport(
      reportAnswer.parse({ ...given, verdict: 'benign' }),
      ground,
      [],
      techniques,
      'ja',
    );
    expect(verdict).toBe('insufficient-data');
    expect(because).toBe('モデルは「無害」としましたが、最も有力とした仮説は有害なものでした');
  });
});
