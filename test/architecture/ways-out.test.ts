import { describe, expect, test } from '@jest/globals';
import { OUTWARD_FILES, WAYS_OUT } from './layers.ts';
import { productTree } from './product-tree.ts';
import { outwardModules, sendCallers, waysOut } from './ways-out.ts';

const tree = productTree();

describe('the product', () => {
  test('bytes reach a router in the places of the table and nowhere else', () => {
    expect(waysOut(tree)).toEqual(WAYS_OUT.map(({ file, way }) => `${file}: ${way}`).sort());
    expect(WAYS_OUT.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  test('only the line of a session can call send()', () => {
    expect(sendCallers(tree)).toEqual(['src/transport/router-line.ts']);
  });

  test('sockets and threads are opened in the files of the table, programs nowhere', () => {
    expect(outwardModules(tree)).toEqual(OUTWARD_FILES);
  });
});

const one = (text: string, file = 'src/transport/other.ts') => new Map([[file, text]]);

describe('a second way out is seen', () => {
  test.each([
    ['a second writer', "channel.write('reload\\r');"],
    ['another name', "stream.write('reload\\r');"],
    ['a private field', "this.#channel?.write('reload\\r');"],
    ['an element of a list', "channels[0].write('reload\\r');"],
    ['the result of a call', "open().write('reload\\r');"],
    ['over two lines', "channel\n  .write('reload\\r');"],
    ['by a string', "channel['write']('reload\\r');"],
    ['by a string with blanks', 'channel[ "write" ]("reload\\r");'],
    ['by a template', 'channel[`write`]("reload\\r");'],
    ['by a computed name', "channel[name]('reload\\r');"],
    ['by a computed name, if it is there', "channel?.[name]?.('reload\\r');"],
    ['under another name', 'const type = channel.write;'],
    ['taken out of the channel', 'const { write } = channel;'],
    ['taken out under another name', 'const { stdin, write: type } = channel;'],
    ['bound', 'const type = other.bind(channel);'],
    ['by reflection', "Reflect.get(channel, name)('reload\\r');"],
    ['through call', "type.call(channel, 'reload\\r');"],
    ['a last word', "channel.end('reload\\r');"],
    ['a last word, if it is there', "channel?.end?.('reload\\r');"],
    ['a last word by a string', "channel['end']('reload\\r');"],
    ['a joined stream', 'source.pipe(channel);'],
    ['joined streams', 'stream.pipeline(source, channel, done);'],
    ['a second shell', 'this.#client.shell(done);'],
    ['a command without a shell', "client.exec('reload', done);"],
    ['the same under another name', "ssh.exec('reload', done);"],
    ['the same by a string', "ssh['exec']('reload', done);"],
    ['a subsystem', "client.subsys('netconf', done);"],
    ['files', 'client.sftp(done);'],
    ['a tunnel', "client.forwardOut('127.0.0.1', 0, host, 23, done);"],
    ['the inside of ssh2', 'client._protocol.channelData(0, data);'],
    ['a made function', "new Function('c', 'c')(channel);"],
  ])('%s', (_what, text) => {
    expect(waysOut(one(text))).not.toEqual([]);
  });

  test.each([
    ['a regular expression', 'const level = PRIVILEGE_LINE.exec(text) ?? /^x$/m.exec(text);'],
    ['a connection that ends', 'client.end(); waiting.end(null);'],
    ['a property called end', 'const { end } = found; const last = found.end;'],
    ['words in comments', '// channel.write, client.exec\nconst x = 1;'],
    ['words in strings', "const x = 'channel.write(reload)';"],
    ['the shape of a channel', 'interface Channel {\n  write(text: string): void;\n}'],
    ['a list behind a condition', 'if (x) [a, b] = [b, a];'],
    ['a type of a field', "type End = TranscriptEnd['end'];"],
  ])('%s is none', (_what, text) => {
    expect(waysOut(one(text))).toEqual([]);
  });
});

describe('a second caller of send() is seen', () => {
  test.each([
    ['by name', "import { send } from './send.ts';", 'src/transport/a.ts'],
    ['under another name', "import { send as type } from './send.ts';", 'src/transport/a.ts'],
    ['beside a harmless one', "import { isTypeable, send } from './send.ts';", 'src/transport/a.ts'],
    ['as a whole', "import * as sender from './send.ts';", 'src/transport/a.ts'],
    ['later', "const { send } = await import('./send.ts');", 'src/transport/a.ts'],
    ['from another room', "import { send } from '../transport/send.ts';", 'src/app/a.ts'],
    [
      'behind a harmless import',
      "import { isTypeable } from './send.ts';\nconst s = await import('./send.ts');",
      'src/transport/a.ts',
    ],
  ])('%s', (_what, text, file) => {
    expect(sendCallers(one(text, file))).toEqual([file]);
  });

  test('types and functions that only look are none', () => {
    const text = "import { type Channel, isTypeable } from './send.ts';";
    expect(sendCallers(one(text))).toEqual([]);
    expect(sendCallers(one("import type { Channel } from './send.ts';"))).toEqual([]);
  });
});

test.each(['child_process', 'net', 'tls', 'dgram', 'https', 'worker_threads'])(
  'a file that imports node:%s is seen in any room',
  (module) => {
    const file = 'src/cli/a.ts';
    expect(outwardModules(one(`import { x } from 'node:${module}';`, file))).toEqual([
      `${file}: node:${module}`,
    ]);
    expect(outwardModules(one(`await import('node:${module}');`, file))).toHaveLength(1);
  },
);
