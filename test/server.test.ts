import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { YaguraError } from '../src/domain/error.ts';
import { type Handler, type Routes, type RunningServer, startServer } from '../src/server.ts';

const running: RunningServer[] = [];
let log: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  log = [];
});

async function serve(routes: Routes, port = 0): Promise<RunningServer> {
  const server = await startServer({ host: '127.0.0.1', port, log: (line) => log.push(line) }, routes);
  running.push(server);
  return server;
}

function says(text: string): Handler {
  return async (_req, res) => {
    res.end(text);
  };
}

async function get(server: RunningServer, path: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return `${answer.status} ${await answer.text()}`;
}

describe('routes', () => {
  it('go to the longest prefix that fits whole path segments', async () => {
    const server = await serve({ '/a': says('a'), '/a/b': says('ab'), '/c/': says('c') });
    expect(await get(server, '/a')).toBe('200 a');
    expect(await get(server, '/a?x=/a/b')).toBe('200 a');
    expect(await get(server, '/a/x')).toBe('200 a');
    expect(await get(server, '/a/b/c')).toBe('200 ab');
    expect(await get(server, '/c/x')).toBe('200 c');
    expect(await get(server, '/ab')).toMatch(/^404 .*GET \/ingest lists/);
    expect(await get(server, '/')).toMatch(/^404/);
  });
});

describe('a handler that fails', () => {
  const refuse: Handler = () => Promise.reject(new Error('password of the database is wrong'));
  const throwAtOnce: Handler = () => {
    throw new Error('thrown at once');
  };

  it('answers 500 without saying why, and the log says why', async () => {
    const server = await serve({ '/x': refuse });
    expect(await get(server, '/x')).toBe('500 {"message":"Not stored; send it again."}');
    expect(log).toEqual(['GET /x: password of the database is wrong']);
  });

  it('does not end the process when it throws before it waits', async () => {
    const server = await serve({ '/x': throwAtOnce, '/y': says('y') });
    expect(await get(server, '/x')).toMatch(/^500/);
    expect(await get(server, '/y')).toBe('200 y');
    expect(log).toEqual(['GET /x: thrown at once']);
  });

  it('does not let half an answer look whole', async () => {
    const server = await serve({
      '/x': async (_req, res) => {
        res.writeHead(202);
        res.write('{"accepted":');
        throw new Error('in the middle');
      },
    });
    await expect(get(server, '/x')).rejects.toThrow();
  });
});

describe('the port', () => {
  it('that is in use is one clear sentence with what to do', async () => {
    const { port } = await serve({});
    const error = await serve({}, port).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(YaguraError);
    expect(error).toMatchObject({ code: 'port-in-use', hint: 'Stop what uses it, or set PORT.' });
    expect((error as Error).message).toBe(`Port ${port} on 127.0.0.1 cannot be used (EADDRINUSE).`);
  });
});

describe('stop', () => {
  it('answers what runs and takes nothing new', async () => {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const server = await serve({
      '/slow': async (_req, res) => {
        entered.resolve();
        await gate.promise;
        res.end('done');
      },
    });
    const slow = get(server, '/slow');
    await entered.promise;
    const stopped = server.stop();
    await expect(get(server, '/slow')).rejects.toThrow();
    gate.resolve();
    expect(await slow).toBe('200 done');
    await stopped;
  });

  it('does not wait for a connection that says nothing', async () => {
    const server = await serve({});
    const idle = connect(server.port, '127.0.0.1');
    await once(idle, 'connect');
    const gone = once(idle, 'close');
    idle.resume();
    await server.stop();
    await gone;
  });
});
