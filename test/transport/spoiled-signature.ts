/** Changes one bit of the host key signature in what a server sends first: identification, KEXINIT, the key exchange reply. */
export function spoilSignature(stream: Buffer): Buffer {
  const KEX_REPLY = 31;
  let at = stream.indexOf('\n') + 1;
  while (at > 0 && at + 6 <= stream.length) {
    const length = stream.readUInt32BE(at);
    const padding = stream[at + 4] ?? 0;
    const end = at + 4 + length - padding;
    if (stream[at + 5] === KEX_REPLY && end <= stream.length) {
      const spoiled = Buffer.from(stream);
      spoiled[end - 1] = (stream[end - 1] ?? 0) ^ 1;
      return spoiled;
    }
    at += 4 + length;
  }
  return stream;
}
