/** Transforms between braces, e.g. `esp-gcm 256` and `esp-sha-hmac`; a key size belongs to the transform before it. */
export function transformsOf(text: string): string[] {
  const transforms: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = transforms.pop();
    // esp-gcm 256
    if (last !== undefined && /^\d+$/.test(word)) transforms.push(`${last} ${word}`);
    else transforms.push(...(last === undefined ? [] : [last]), ...(word === '' ? [] : [word]));
  }
  return transforms;
}
