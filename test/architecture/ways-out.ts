import { posix } from 'node:path';
import type { Tree } from './check-layers.ts';
import { codeOnly } from './code-only.ts';
import { readImports } from './read-imports.ts';

// Members through which bytes leave, a channel opens or another stream is joined. However they are mentioned, it counts.
const WORDS =
  'write|writev|_write|pipe|pipeline|subsys|sftp|shell|forwardIn|forwardOut|x11|channelData|_protocol|_sock|_chanMgr|openssh_\\w+';

// channel.write(…)  this.#channel?.write  channels[0].write  open().write  stream\n  .pipe(…)
const MEMBER = new RegExp(`([\\w)\\]]*)\\s*\\??\\.\\s*(${WORDS})\\b`, 'g');
// const { write } = channel   const { write: w, end } = channel
const TAKEN_OUT = new RegExp(`\\{[^{}]*\\b(${WORDS})\\b[^{}]*\\}\\s*=(?![=>])`, 'g');
// channel['write']  — read from the text as it stands: the insides of strings are blanked elsewhere
const BY_STRING = new RegExp(
  `\\[\\s*['"\`](${WORDS}|exec)['"\`]\\s*\\]|\\[\\s*['"\`](end)['"\`]\\s*\\]\\s*(?:\\?\\.)?\\(`,
  'g',
);
// channel.end('reload')  channel.end.call(…)  — end() and end(null) say nothing
const LAST_WORD =
  /([\w)\]]*)\s*\??\.\s*(end)\s*(?:\?\.)?(?:\(\s*(?!\)|null\s*\))\S|\.\s*(?:call|apply|bind)\b)/g;
// client.exec(…)  connection.exec(…)  — of a regular expression it writes nothing
const EXEC = /([\w)\]]*)\s*\??\.\s*(exec)\b/g;
const EXPRESSION = /^(?:[A-Z][A-Z0-9_]*|.*\)[a-z]*)$/;
// channel[name](…)
const COMPUTED = /([\w)\]]*)\s*(?:\?\.)?\[[^[\]\n]+\]\s*(?:\?\.)?\(/g;
// Reflect.get(channel, …)   channel.on.call(…)
const INDIRECT = /\b(Reflect|eval|Function)\b\s*[.(]|\.\s*(call|apply|bind)\s*\(/g;

/** Every place of src/transport through which bytes could reach a router's channel, as `file: name.call`, sorted, each once. */
export function waysOut(tree: Tree): readonly string[] {
  const found = [...tree].filter(([file]) => file.startsWith('src/transport/')).flatMap(waysOf);
  return [...new Set(found)].sort();
}

function waysOf([file, text]: readonly [string, string]): readonly string[] {
  const code = codeOnly(text);
  const named = (pattern: RegExp): readonly string[] =>
    [...code.matchAll(pattern)].map(([, name = '', call = '']) => `${name}.${call}`);
  const exec = [...code.matchAll(EXEC)].filter(([, name = '']) => !EXPRESSION.test(name));
  return [
    ...named(MEMBER),
    ...named(LAST_WORD),
    ...exec.map(([, name = '']) => `${name}.exec`),
    ...[...code.matchAll(TAKEN_OUT)].map(([, word]) => `{ ${word} }`),
    ...[...code.matchAll(COMPUTED)].filter(isMember).map(([, name = '']) => `${name}[](`),
    ...[...code.matchAll(INDIRECT)].map(([, word, way]) => word ?? `.${way}`),
    ...[...text.matchAll(BY_STRING)].map(([, word, end]) => `['${word ?? end}']`),
  ].map((way) => `${file}: ${way}`);
}

/** `if (…) [a, b](` begins an array, `name[…](` calls a member. */
function isMember([, name = '']: RegExpExecArray): boolean {
  return name !== '';
}

/** Files that can call `send()`, under whatever name. */
export function sendCallers(tree: Tree): readonly string[] {
  return [...tree]
    .filter(
      ([file, text]) =>
        readImports(text).some((found) => !found.typeOnly && reachesSend(file, found.specifier)) &&
        !takesOnlyHarmless(text),
    )
    .map(([file]) => file);
}

function reachesSend(file: string, specifier: string | null): boolean {
  if (specifier === null || !specifier.startsWith('.')) return false;
  return posix.normalize(posix.join(posix.dirname(file), specifier)) === 'src/transport/send.ts';
}

/** What may be had of send.ts without being able to write: types, and two functions that only look. */
const HARMLESS = /^(?:type \w+|isTypeable|bytesOf)(?: as \w+)?$/;

function takesOnlyHarmless(text: string): boolean {
  // import { type Channel, isTypeable } from './send.ts'
  const clauses = [...text.matchAll(/^import (type )?\{([^}]*)\} from '[^']*\/send\.ts';$/gm)];
  const mentions = [...text.matchAll(/['"`][^'"`\n]*\/send\.ts['"`]/g)];
  return (
    clauses.length === mentions.length &&
    clauses.every(
      ([, typeOnly, names = '']) =>
        typeOnly !== undefined ||
        names
          .split(',')
          .map((name) => name.trim())
          .every((name) => name === '' || HARMLESS.test(name)),
    )
  );
}

// Modules of Node through which anything could leave this process.
const OUTWARD =
  /^node:(?:net|tls|dgram|http|https|http2|child_process|worker_threads|cluster|vm|inspector)(?:\/|$)/;

/** Product files that can open a socket, start a program or a thread, as `file: module`, sorted. */
export function outwardModules(tree: Tree): readonly string[] {
  return [...tree]
    .filter(([file]) => file.startsWith('src/'))
    .flatMap(([file, text]) =>
      readImports(text)
        .filter(({ specifier, typeOnly }) => !typeOnly && specifier !== null && OUTWARD.test(specifier))
        .map(({ specifier }) => `${file}: ${specifier}`),
    )
    .sort();
}
