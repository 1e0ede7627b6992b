import { printable } from '../core/printable.ts';

/** Makes one text safe for a log line. */
export type TextFilter = (text: string) => string;

/**
 * A filter that replaces every known secret (also as base64 and as part of an address) and whatever `redact` recognises,
 * makes control bytes visible, and shortens what is longer than 16 KiB. `secrets` is asked at every line, since
 * passwords become known while the program runs.
 */
export function secretFilter(secrets: () => readonly string[], redact: TextFilter): TextFilter {
  return (text) => {
    const cut =
      text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length - LONGEST} characters more)` : text;
    // known secrets on both sides of the cleaning: a secret may hold a control byte, or be glued together by taking one out
    return withoutKnown(printable(redact(withoutKnown(cut, secrets()))), secrets());
  };
}

const LONGEST = 16_384;
const MARK = '<redacted>';
/** A shorter secret would be found inside ordinary words: it counts only where it stands alone. */
const SHORT = 4;

function withoutKnown(text: string, secrets: readonly string[]): string {
  let clean = text;
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))];
  for (const form of forms.sort((a, b) => b.length - a.length)) {
    if (form.length >= SHORT) clean = clean.replaceAll(form, MARK);
    else
      clean = clean
        .split(/(\W+)/)
        .map((word) => (word === form ? MARK : word))
        .join('');
  }
  return clean;
}

function formsOf(secret: string): string[] {
  if (secret.length < SHORT) return [secret];
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [secret, json, encoded(secret), base64, base64.replace(/={1,2}$/, '')];
}

function encoded(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    return secret;
  }
}
