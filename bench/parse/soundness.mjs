/** What must hold for whatever a parser makes of any text at all. */

const COVERAGES = new Set(['complete', 'partial', 'empty', 'unrecognised']);

/** Faults of one parse, in words; empty when it is sound. A parser that throws is the caller's to catch. */
export function unsound(parsed, text) {
  const faults = [];
  const count = lineCount(text);
  if (!COVERAGES.has(parsed.coverage)) faults.push(`coverage is ${parsed.coverage}`);
  if (parsed.coverage === 'complete' && parsed.unread.length > 0) faults.push('complete, with unread lines');
  if (parsed.coverage === 'empty' && parsed.unread.length > 0) faults.push('empty, with unread lines');
  faultsOfUnread(parsed.unread, text, count, faults);
  faultsOfValue(parsed.facts, 'facts', count, faults, 0);
  return faults;
}

/** The same parse twice gives the same: nothing is kept between two texts. */
export function changesWhenRepeated(parser, text) {
  const first = JSON.stringify(parser.parse(text));
  const second = JSON.stringify(parser.parse(text));
  return first !== second;
}

/** Every unread line is told once, by its own text; what a parser took out of it as a secret may differ. */
function faultsOfUnread(unread, whole, count, faults) {
  if (unread.length === 0) return;
  const seen = new Set();
  const lines = whole.split('\n');
  for (const { line, text } of unread) {
    if (!Number.isInteger(line) || line < 1 || line > count) faults.push(`unread line ${line} of ${count}`);
    if (seen.has(line)) faults.push(`line ${line} is unread twice`);
    seen.add(line);
    if (typeof text !== 'string') faults.push(`unread line ${line} has no text`);
    else if (!isOf(text, lines[line - 1] ?? '') && !text.includes('<redacted>'))
      faults.push(`unread line ${line} is told with other text`);
  }
}

/** CRs are a terminal's; a parser may tell the line without them. */
function isOf(text, line) {
  return line.includes(text) || line.replaceAll('\r', '').includes(text.replaceAll('\r', ''));
}

/** Plain values only, keys that are nobody's, and every `lines` within the text. */
function faultsOfValue(value, path, count, faults, depth) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) faults.push(`${path} is ${value}`);
    return;
  }
  if (typeof value !== 'object') {
    faults.push(`${path} is ${typeof value}`);
    return;
  }
  if (depth > 40) {
    faults.push(`${path} is nested without end`);
    return;
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) faultsOfValue(value[i], `${path}[]`, count, faults, depth + 1);
    return;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) faults.push(`${path} has a prototype of its own`);
  for (const key of Object.keys(value)) {
    if (key === '__proto__') faults.push(`${path} has the key __proto__`);
    const child = value[key];
    if (key === 'lines' && child !== null && typeof child === 'object' && 'first' in child)
      faultsOfRange(child, path, count, faults);
    else faultsOfValue(child, `${path}.${key}`, count, faults, depth + 1);
  }
}

function faultsOfRange({ first, last }, path, count, faults) {
  const sound =
    Number.isInteger(first) && Number.isInteger(last) && first >= 1 && last >= first && last <= count;
  if (!sound) faults.push(`${path} stands in lines ${first} to ${last} of ${count}`);
}

function lineCount(text) {
  let count = 1;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count += 1;
  return count;
}
