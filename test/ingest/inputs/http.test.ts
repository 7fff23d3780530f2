import { connect } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyLimit } from '../../../src/ingest/decompress.ts';
import { recordLimit, recordsLimit } from '../../../src/ingest/split.ts';
import { type RunningIngest, runningIngest, send, token } from '../running-ingest.ts';

const ndjson = { 'content-type': 'application/x-ndjson' };
const bearer = { authorization: `Bearer ${token}` };
let ingest: RunningIngest;

beforeAll(async () => {
  ingest = await runningIngest();
});
afterAll(() => ingest[Symbol.asyncDispose]());

async function stored(ids: (string | null)[] | undefined): Promise<string[]> {
  const found = await ingest.store.query<{ id: string; content: Buffer }>(
    'select id, content from raw_record where id = any($1::bigint[])',
    [ids],
  );
  const byId = new Map(found.rows.map((row) => [row.id, row.content.toString()]));
  return (ids ?? []).map((id) => byId.get(id ?? '') ?? '(none)');
}

describe('POST /ingest/<source>', () => {
  it('takes one object', async () => {
    const { status, body } = await ingest.post('camera', '{"n": 1}');
    expect([status, body.accepted, body.duplicates]).toEqual([202, 1, 0]);
    expect(await stored(body.ids)).toEqual(['{"n": 1}']);
  });

  it('notes that records were open before their source was connected, when told so', async () => {
    const marked = await ingest.post('camera?backlog=true', '{"old": 1}');
    const plain = await ingest.post('camera', '{"new": 1}');
    const found = await ingest.store.query<{ origin: unknown }>(
      'select origin from raw_record where id = any($1::bigint[]) order by id',
      [[...(marked.body.ids ?? []), ...(plain.body.ids ?? [])]],
    );
    expect(found.rows).toEqual([{ origin: { backlog: true } }, { origin: null }]);
    expect((await ingest.post('camera?backlog=yes', '{"old": 2}')).status).toBe(400);
  });

  it('takes an array, one record an element, and says which id is whose', async () => {
    const { status, body } = await ingest.post('camera', ' [{"a":1} , {"a":[2,{"b":"],["}]},\n{"a":3}] ');
    expect([status, body.accepted]).toEqual([202, 3]);
    expect(await stored(body.ids)).toEqual(['{"a":1}', '{"a":[2,{"b":"],["}]}', '{"a":3}']);
  });

  it('takes NDJSON, with blank lines and Windows line ends', async () => {
    const { status, body } = await ingest.post('camera', '{"l":1}\r\n\r\n{"l":2}\n{"l":3}', ndjson);
    expect([status, body.accepted]).toEqual([202, 3]);
    expect(await stored(body.ids)).toEqual(['{"l":1}', '{"l":2}', '{"l":3}']);
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('takes %s', async (encoding, compress) => {
    const { status, body } = await ingest.post('camera', compress(`{"by":"${encoding}"}`), {
      'content-encoding': encoding,
    });
    expect(status).toBe(202);
    expect(await stored(body.ids)).toEqual([`{"by":"${encoding}"}`]);
  });

  it('takes a chunked body without a length', async () => {
    const parts = ['{"chunk', 'ed":', 'true}'].map((part) => Buffer.from(part));
    const { status, body } = await send(ingest.port, 'POST', '/ingest/camera', bearer, parts);
    expect(status).toBe(202);
    expect(await stored(body.ids)).toEqual(['{"chunked":true}']);
  });

  it('keeps every byte as it came: spaces, long numbers, escapes, repeated keys, broken UTF-8', async () => {
    const odd = Buffer.concat([
      Buffer.from('{ "n":123456789012345678901234567890.10,\t"櫓":"\\u0041é", "k":1,"k":2, "bad":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('" }'),
    ]);
    const { body } = await ingest.post('camera', odd);
    const found = await ingest.store.query<{ content: Buffer }>('select content from raw_record where id = $1', [
      body.ids?.[0],
    ]);
    expect(found.rows[0]?.content).toEqual(odd);
  });

  it('has the records in the database before it answers', async () => {
    const order: string[] = [];
    await using slow = await runningIngest({
      write: (real) => async (records) => {
        const done = await real(records);
        order.push(`stored ${(await slow.contents()).length}`);
        return done;
      },
    });
    await slow.post('camera', '{"first":true}');
    order.push('answered');
    expect(order).toEqual(['stored 1', 'answered']);
  });

  it('says 500 and acknowledges nothing when writing fails, and works again afterwards', async () => {
    let broken = true;
    await using failing = await runningIngest({
      write: (real) => (records) => (broken ? Promise.reject(new Error('the disk is full')) : real(records)),
    });
    const refused = await failing.post('camera', '{"n":1}');
    expect(refused).toMatchObject({ status: 500, body: { message: 'Not stored; send it again.' } });
    expect(refused.body.ids).toBeUndefined();
    expect(failing.log.join()).toContain('the disk is full');
    broken = false;
    expect((await failing.post('camera', '{"n":1}')).body).toMatchObject({ accepted: 1, duplicates: 0 });
  });
});

describe('what cannot be taken', () => {
  it('keeps the good records of a body and names the others by their place', async () => {
    const lines = ['{"ok":1}', '{"cut":', '[1]', '"text"', 'null', '{"foreign":true}', '{"ok":2}'];
    const { status, body } = await ingest.post('camera', lines.join('\n'), ndjson);
    expect(status).toBe(422);
    expect([body.accepted, body.duplicates]).toEqual([2, 0]);
    expect(body.errors?.map((e) => [e.index, e.code])).toEqual([
      [1, 'invalid-json'],
      [2, 'not-an-object'],
      [3, 'not-an-object'],
      [4, 'not-an-object'],
      [5, 'not-this-source'],
    ]);
    expect(body.ids).toHaveLength(7);
    expect(body.ids?.map((id) => id !== null)).toEqual([true, false, false, false, false, false, true]);
    expect(await stored([body.ids?.[0] ?? null, body.ids?.[6] ?? null])).toEqual(['{"ok":1}', '{"ok":2}']);
  });

  it.each([
    ['an array that ends early', '[{"cut":1}'],
    ['an array closed by a brace', '[{"brace":1}}'],
    ['something after the array', '[{"after":1}] x'],
    ['nothing', ''],
    ['text', 'hello'],
  ])('refuses %s whole', async (_, text) => {
    const { status, body } = await ingest.post('camera', text);
    expect([status, body.accepted, body.errors?.[0]?.code]).toEqual([422, 0, 'invalid-json']);
    expect(body.ids).toEqual([null]);
  });

  it('takes an empty array and an empty NDJSON body as no records', async () => {
    expect(await ingest.post('camera', '[]')).toMatchObject({ status: 202, body: { accepted: 0, ids: [] } });
    expect(await ingest.post('camera', '\n', ndjson)).toMatchObject({ status: 202, body: { accepted: 0, ids: [] } });
  });

  it('refuses a record above its own limit and keeps the one beside it', async () => {
    const large = JSON.stringify({ text: 'x'.repeat(recordLimit) });
    const { status, body } = await ingest.post('camera', `[${large},{"small":1}]`);
    expect(status).toBe(422);
    expect(body.errors?.map((e) => [e.index, e.code])).toEqual([[0, 'too-large']]);
    expect(await stored([body.ids?.[1] ?? null])).toEqual(['{"small":1}']);
  });

  it.each([
    ['lines', ndjson, '{}\n'.repeat(recordsLimit + 1)],
    ['elements', {}, `[${'{},'.repeat(recordsLimit)}{}]`],
  ])('refuses more %s than one body may have', async (_, headers, text) => {
    const { status, body } = await ingest.post('camera', text, headers);
    expect([status, body.message]).toEqual([413, `The body has more than ${recordsLimit} records.`]);
  });

  it('says 415 for other types and encodings', async () => {
    expect((await ingest.post('camera', '<a/>', { 'content-type': 'text/xml' })).status).toBe(415);
    const brotli = await ingest.post('camera', '{}', { 'content-encoding': 'br' });
    expect([brotli.status, brotli.body.message]).toEqual([415, expect.stringContaining('gzip or zstd')]);
  });

  it('reads the content type without regard to case and parameters', async () => {
    const type = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await ingest.post('camera', '{"type":"odd"}', type)).status).toBe(202);
  });

  it('says 422 for what is not the encoding it claims', async () => {
    for (const encoding of ['gzip', 'zstd'])
      expect((await ingest.post('camera', '{"plain":1}', { 'content-encoding': encoding })).status).toBe(422);
  });
});

describe('limits', () => {
  it('refuses a body that says it is too large before it comes', async () => {
    const headers = { ...bearer, 'content-length': bodyLimit + 1 };
    const { status, body } = await send(ingest.port, 'POST', '/ingest/camera', headers, [Buffer.from('{')]);
    expect([status, body.message]).toEqual([413, `The body is larger than ${bodyLimit} bytes.`]);
  });

  it('answers a sender that is still sending too much', async () => {
    function* endless() {
      for (let sent = 0; sent < bodyLimit * 1.5; sent += 65_536) yield Buffer.alloc(65_536, 0x20);
    }
    const { status, headers } = await send(ingest.port, 'POST', '/ingest/camera', bearer, endless());
    expect([status, headers.connection]).toEqual([413, 'close']);
  });

  it('has its answer ready for a sender that looks only after it has sent everything', async () => {
    expect(await sendThenLook(ingest.port, bodyLimit + 5_000_000)).toMatch(/^HTTP\/1\.1 413 .*larger than/s);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(bodyLimit + 1, 0x20))],
    ['zstd', zstdCompressSync(Buffer.alloc(bodyLimit + 1, 0x20))],
  ])('refuses a %s body that grows beyond the limit', async (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(100_000);
    expect((await ingest.post('camera', bomb, { 'content-encoding': encoding })).status).toBe(413);
  });

  it('says 429 and when to come back once bodies in memory pass their bound, and has room again after', async () => {
    await using tight = await runningIngest({ memoryBound: 1000 });
    const full = await tight.post('camera', JSON.stringify({ text: 'x'.repeat(1000) }));
    expect([full.status, full.headers['retry-after']]).toEqual([429, '1']);
    const bomb = gzipSync(JSON.stringify({ text: 'x'.repeat(1000) }));
    const grown = await tight.post('camera', bomb, { 'content-encoding': 'gzip' });
    expect([grown.status, grown.headers['retry-after']]).toEqual([429, '1']);
    for (let n = 0; n < 5; n += 1)
      expect((await tight.post('camera', `{"n":${n},"text":"${'x'.repeat(600)}"}`)).status).toBe(202);
    expect(await tight.contents()).toHaveLength(5);
  });

  it('stores nothing of an upload that breaks off, and gives its room back', async () => {
    await using tight = await runningIngest({ memoryBound: 1000 });
    for (let n = 0; n < 5; n += 1) await breakOff(tight.port, `{"text":"${'x'.repeat(600)}`);
    await expect.poll(() => tight.log.length).toBe(5);
    expect((await tight.post('camera', `{"text":"${'x'.repeat(600)}"}`)).status).toBe(202);
    expect(await tight.contents()).toHaveLength(1);
  });

  it('says 429 and when to come back while the inbox is full, and keeps what it took', async () => {
    const gate = Promise.withResolvers<void>();
    await using slow = await runningIngest({
      write: (real) => async (records) => {
        await gate.promise;
        return real(records);
      },
    });
    const many = Array.from({ length: recordsLimit }, (_, n) => `{"n":${n}}`).join('\n');
    const first = slow.post('camera', many, ndjson);
    await expect.poll(async () => (await slow.post('camera', '{"late":1}')).status).toBe(429);
    const refused = await slow.post('camera', '{"late":1}');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    gate.resolve();
    expect((await first).body.accepted).toBe(recordsLimit);
    expect((await slow.post('camera', '{"late":1}')).body).toMatchObject({ accepted: 1 });
  });
});

describe('who may send', () => {
  it('says 401 without a token, with a wrong one, and with another scheme', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${token}`, `Bearer ${token} more`])
      expect((await ingest.post('camera', '{"w":1}', { authorization })).status).toBe(401);
    expect(await ingest.contents()).not.toContain('{"w":1}');
  });

  it('opens a source with its own token only', async () => {
    await using two = await runningIngest({ tokenFor: (source) => (source === 'camera' ? 'camera-token' : token) });
    const own = { authorization: 'Bearer camera-token' };
    expect((await two.post('camera', '{"n":1}', own)).status).toBe(202);
    expect((await two.post('camera', '{"n":2}')).status).toBe(401);
    expect((await two.post('generic', '{"title":"t"}', own)).status).toBe(401);
  });

  it('never opens with an empty token', async () => {
    await using none = await runningIngest({ tokenFor: () => '' });
    expect((await none.post('camera', '{}', { authorization: 'Bearer ' })).status).toBe(401);
  });

  it('names the sources a token opens when the one asked for is unknown', async () => {
    const unknown = await ingest.post('kamera', '{}');
    expect([unknown.status, unknown.body.sources]).toEqual([404, ['camera', 'generic']]);
    await using two = await runningIngest({ tokenFor: (source) => (source === 'camera' ? 'camera-token' : token) });
    const own = { authorization: 'Bearer camera-token' };
    expect(await two.post('kamera', '{}', own)).toMatchObject({ status: 404, body: { sources: ['camera'] } });
    expect((await ingest.post('kamera', '{}', { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('says 405 and what is allowed', async () => {
    for (const [method, path] of [
      ['PUT', '/ingest/camera'],
      ['GET', '/ingest/camera'],
      ['DELETE', '/ingest'],
    ] as const) {
      const answer = await send(ingest.port, method, path, bearer);
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    }
  });

  it('lists the sources a token opens', async () => {
    const listed = await send(ingest.port, 'GET', '/ingest', bearer);
    expect(listed).toMatchObject({ status: 200, body: { sources: [{ name: 'camera', vendor: 'Acme' }, {}] } });
    expect((await send(ingest.port, 'GET', '/ingest', {})).status).toBe(401);
  });
});

function sendThenLook(port: number, size: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.write(
      `POST /ingest/camera HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: ${size}\r\n\r\n`,
    );
    socket.end(Buffer.alloc(size, 0x20), () => {
      let answer = '';
      socket.on('data', (part) => {
        answer += part.toString();
      });
      socket.on('close', () => resolve(answer));
    });
  });
}

function breakOff(port: number, begun: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const head = `POST /ingest/camera HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: 5000\r\n\r\n`;
      socket.write(head + begun, () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}
