import type { TextFilter } from './secret-filter.ts';

/**
 * The fields of a log event as plain JSON values with every text filtered: errors become name and message, bytes become
 * their number, and a field whose name says secret loses its value. Never throws, follows no cycle.
 */
export function cleanFields(
  fields: Readonly<Record<string, unknown>>,
  filter: TextFilter,
): Map<string, unknown> {
  return entriesOf(fields, { filter, above: [] });
}

interface Walk {
  readonly filter: TextFilter;
  /** The objects that hold the value, to see a cycle. */
  readonly above: readonly object[];
}

const DEEPEST = 6;
const MOST = 100;

function clean(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return walk.filter(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : cleanObject(value, walk);
    case 'undefined':
      return undefined;
    default:
      return walk.filter(String(value));
  }
}

function cleanObject(value: object, walk: Walk): unknown {
  if (walk.above.includes(value)) return '(itself)';
  if (walk.above.length >= DEEPEST) return '(deeper)';
  const inside: Walk = { ...walk, above: [...walk.above, value] };
  if (value instanceof Error) return cleanError(value, inside);
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (Array.isArray(value) || value instanceof Set) {
    const items = [...value];
    const rest = items.length > MOST ? [`(${items.length - MOST} more)`] : [];
    return [...items.slice(0, MOST).map((item) => clean(item, inside)), ...rest];
  }
  return Object.fromEntries(entriesOf(value instanceof Map ? Object.fromEntries(value) : value, inside));
}

function cleanError(error: Error, walk: Walk): unknown {
  const code = 'code' in error ? { code: clean(error.code, walk) } : {};
  const cause = error.cause === undefined ? {} : { cause: clean(error.cause, walk) };
  return {
    name: walk.filter(String(error.name)),
    message: walk.filter(String(error.message)),
    ...code,
    ...cause,
  };
}

// password, enableSecret, passphrase, privateKey, preSharedKey, token, authorization (not passwordRef, not publicKey)
const SECRET_NAME =
  /^(?:.*(?:password|passwd|secret|passphrase|private_?key|pre_?shared_?key)|psk|token|authorization|cookie)$/i;

function entriesOf(fields: object, walk: Walk): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const key of Object.keys(fields).slice(0, MOST)) {
    const value = SECRET_NAME.test(key) ? '<redacted>' : clean(readKey(fields, key), walk);
    if (value !== undefined) entries.set(walk.filter(key), value);
  }
  return entries;
}

/** A getter may throw; that is no reason to lose the event. */
function readKey(fields: object, key: string): unknown {
  try {
    return (fields as Readonly<Record<string, unknown>>)[key];
  } catch {
    return '(unreadable)';
  }
}
