import type { Collected } from './collected.ts';
import type { Recording } from './recording.ts';
import { commandPart } from './secret-carriers.ts';
import { SECRET_LINES } from './secret-lines.ts';
import { replaceAnywhere } from './secret-phrases.ts';

/** What stands where a secret stood. */
export const REDACTED = '<redacted>';

/**
 * IOS text without its secrets: passwords, pre-shared keys, communities, key strings and private keys become `<redacted>`.
 * Every line that holds none stays byte-equal and no line is added or removed, so line numbers keep their meaning.
 * `count` is the number of places replaced. Redacting twice changes nothing more.
 */
export function redact(text: string): { readonly text: string; readonly count: number } {
  if (!text.includes('\n')) {
    const only = redactLine(text, startingPlace());
    return { text: only.text, count: only.count };
  }
  const place = startingPlace();
  let count = 0;
  const lines = text.split('\n').map((line) => {
    const done = redactLine(line, place);
    count += done.count;
    return done.text;
  });
  return { text: count === 0 ? text : lines.join('\n'), count };
}

/**
 * The recording with every text in it redacted: outputs, the lines taken out of them, reasons, remarks and the list of what was not used. `secrets` are values
 * known to be secret (the login's own); they go wherever they stand, since a router may print back what it was given.
 */
export function redactRecording(
  recording: Recording,
  secrets: readonly string[] = [],
): {
  readonly recording: Recording;
  readonly count: number;
} {
  let count = 0;
  const clean = (text: string): string => {
    const done = redact(text);
    count += done.count;
    return withoutValues(done.text, secrets);
  };
  const outputs = recording.outputs.map((output): Collected => {
    const base = {
      command: clean(output.command),
      text: clean(output.text),
      ...(output.unasked === undefined ? {} : { unasked: output.unasked.map(clean) }),
    };
    return output.kind === 'answered'
      ? { ...output, ...base }
      : { ...output, ...base, reason: clean(output.reason) };
  });
  const notUsed = recording.notUsed.map(clean);
  const remarks = recording.remarks.map(clean);
  return { recording: { ...recording, outputs, notUsed, remarks }, count };
}

/** What the lines above say about the line that is read. */
interface Place {
  /** `key-chain`: `key 1` is a number there; `server`: `key …` is a secret there. */
  block: 'key-chain' | 'server' | 'other';
  inPrivateKey: boolean;
  /** Inside the table of `show crypto isakmp key`; `rows` counts what was seen of it. */
  keyTable: { rows: number } | null;
}

interface Replaced {
  readonly text: string;
  readonly count: number;
}

function startingPlace(): Place {
  return { block: 'other', inPrivateKey: false, keyTable: null };
}

function redactLine(line: string, place: Place): Replaced {
  const end = line.endsWith('\r') ? '\r' : '';
  const body = end === '' ? line : line.slice(0, -1);
  const special = privateKeyLine(body, place) ?? keyTableLine(body, place);
  if (special !== null) return { text: special.text + end, count: special.count };
  const block = blockOf(body, place);
  if (!MAY_HOLD_SECRET.test(body)) return { text: line, count: 0 };
  const config = configLine(body, block);
  const anywhere = replaceAnywhere(config ?? body, REDACTED);
  return { text: anywhere.text + end, count: anywhere.count + (config === null ? 0 : 1) };
}

// one look that most lines of a table or a log fail: no word of any rule below is in them
const MAY_HOLD_SECRET =
  /key|pas|sec|com|auth|psk|pwd?\b|snmp|\$\d|:\/\/|string|phrase|pin\b|pki|pre-|data:|encr|tun|text/i;

// -----BEGIN RSA PRIVATE KEY-----
const KEY_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----/;
// MIIEpAIBAAKCAQEA…    Proc-Type: 4,ENCRYPTED    DEK-Info: DES-EDE3-CBC,0123    (or nothing)
const KEY_BODY = /^(?:[A-Za-z0-9+/=]{1,256}|Proc-Type:.*|DEK-Info:.*|)$/;

function privateKeyLine(body: string, place: Place): Replaced | null {
  if (KEY_BEGIN.test(body)) {
    place.inPrivateKey = true;
    return { text: body, count: 0 };
  }
  if (!place.inPrivateKey) return null;
  if (!KEY_BODY.test(body.trim())) {
    place.inPrivateKey = false;
    return body.includes('-----END') ? { text: body, count: 0 } : null;
  }
  return body.trim() === '' ? { text: body, count: 0 } : { text: REDACTED, count: 1 };
}

// Keyring      Hostname/Address                            Preshared Key
const KEY_TABLE_HEAD = /^\s*Keyring\s+Hostname\/Address\s+Preshared Key\s*$/;
// default      192.0.2.7        [255.255.255.0]            Canary
const KEY_TABLE_ROW = /^(\s*\S+\s+(?:\S+\s+(?:\[[^\]]*\]\s+)?)?)(\S.*)$/;
// hub1#    hub1(config)#
const PROMPT_LINE = /^[\w.-]{1,64}(?:\([\w.-]{1,40}\))?[#>]/;

function keyTableLine(body: string, place: Place): Replaced | null {
  if (KEY_TABLE_HEAD.test(body)) {
    place.keyTable = { rows: 0 };
    return { text: body, count: 0 };
  }
  if (place.keyTable === null) return null;
  const blank = body.trim() === '';
  if (PROMPT_LINE.test(body) || (blank && place.keyTable.rows > 0)) {
    place.keyTable = null;
    return null;
  }
  const row = KEY_TABLE_ROW.exec(body);
  if (row === null) return { text: body, count: 0 };
  place.keyTable.rows++;
  return isHidden(row[2] ?? '') ? { text: body, count: 0 } : { text: `${row[1]}${REDACTED}`, count: 1 };
}

/** Which configuration block the line stands in; a line without indent opens a new one. */
function blockOf(body: string, place: Place): Place['block'] {
  const { command, mode, carried } = commandPart(body);
  if (KEY_CHAIN.test(command) || mode?.includes('keychain')) place.block = 'key-chain';
  else if (SERVER_BLOCK.test(command) || (mode !== null && SERVER_MODE.test(mode))) place.block = 'server';
  else if (mode === 'config' || (command !== '' && !carried && !/^\s/.test(body))) place.block = 'other';
  return place.block;
}

// hub1(config-radius-server)#     hub1(config-isakmp-group)#
const SERVER_MODE = /radius|tacacs|server|isakmp-group/;
// key chain EIGRP
const KEY_CHAIN = /^key chain \S/;
// radius server ISE     aaa group server tacacs+ T     crypto isakmp client configuration group REMOTE
const SERVER_BLOCK =
  /^(?:(?:radius|tacacs) server |aaa group server |aaa server radius |crypto isakmp client configuration group )/;

/** The line with its secret replaced when it is a configuration command that ends in one, else null. */
function configLine(body: string, block: Place['block']): string | null {
  const { start, command, carried } = commandPart(body);
  const squeezed = squeeze(command);
  for (const rule of SECRET_LINES) {
    const match = rule.before.exec(squeezed.text);
    if (match === null) continue;
    return replaceFrom(body, start + squeezed.at(match[0].length), rule.secret);
  }
  const bare = bareSecretAt(squeezed.text, block, carried || /^\s/.test(body));
  return bare === null ? null : replaceFrom(body, start + squeezed.at(bare), 'rest');
}

/** Runs of blanks as one, with the way back to the place in the original. */
function squeeze(command: string): { readonly text: string; at(offset: number): number } {
  if (!/[ \t]{2}|\t/.test(command)) return { text: command, at: (offset) => offset };
  const places: number[] = [];
  let text = '';
  let blankBefore = false;
  for (let i = 0; i < command.length; i++) {
    const blank = command[i] === ' ' || command[i] === '\t';
    if (blank && blankBefore) continue;
    text += blank ? ' ' : command[i];
    places.push(i);
    blankBefore = blank;
  }
  return { text, at: (offset) => places[offset] ?? command.length };
}

/** Offset behind `key`, `password` or `secret` that stands alone in a block (line, radius server, view), else null. */
function bareSecretAt(command: string, block: Place['block'], inBlock: boolean): number | null {
  // key 7 0822455D0A16     key Canary
  const key = /^key (?:([05-9]) (?=\S)|(?=\S+$))/.exec(command);
  if (key !== null && block !== 'key-chain' && (inBlock || key[1] !== undefined)) {
    const value = command.slice(key[0].length);
    const isNumberOfKey = key[1] === undefined && block !== 'server' && /^\d{1,10}$/.test(value);
    if (!isNumberOfKey && !KEY_PROSE.test(value)) return 'key '.length;
  }
  if (block === 'server' && /^key \S/.test(command)) return 'key '.length;
  // password 7 0822455D0A16        (line con 0)
  if (/^password (?!encryption|policy|strength|logging|required|restriction)\S/.test(command))
    return 'password '.length;
  // secret 5 $1$abcd$Canary        (parser view)
  return /^secret [0-9] \S/.test(command) ? 'secret '.length : null;
}

// words that follow `key` in prose and in other commands
const KEY_PROSE =
  /^(?:exchange|lifetime|length|size|chain|pair|engine|derivation|generation|id|name)\b|[:,]$/;

/** Replaces the secret that begins at `at`, skipping the digit of its encryption type; null when it is hidden already. */
function replaceFrom(body: string, at: number, secret: 'rest' | 'word'): string | null {
  const lead = body.slice(0, at);
  const tail = body.slice(at);
  // 7 0822455D0A16
  const type = /^\s*(?:[0-9]\s+(?=\S))?/.exec(tail)?.[0] ?? '';
  const value = tail.slice(type.length);
  if (value.trim() === '' || isHidden(value)) return null;
  if (secret === 'rest') return `${lead}${type}${REDACTED}`;
  // "two words" …      oneword …
  const word = /^(?:"[^"]*"|\S+)/.exec(value)?.[0] ?? value;
  return isHidden(word) ? null : `${lead}${type}${REDACTED}${value.slice(word.length)}`;
}

/** `*****`, `<removed>`, `<redacted>`: somebody hid it before us. */
function isHidden(value: string): boolean {
  return /^"?(?:\*+|<(?:removed|redacted|hidden)>)"?(?:\s|$)/i.test(value);
}

/** A shorter value could be an ordinary word of the output. */
const SHORTEST_VALUE = 8;

/** The text with each of the values replaced; those too short to be told from ordinary words stay. */
export function withoutValues(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_VALUE)
    .reduce((clean, secret) => clean.split(secret).join(REDACTED), text);
}
