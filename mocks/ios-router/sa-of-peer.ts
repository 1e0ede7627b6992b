/** The command without the peer that answers `show crypto ipsec sa peer ADDRESS [detail]`, and the peer; null for others. */
export function baseOfPeerCommand(command: string): { readonly base: string; readonly peer: string } | null {
  // show crypto ipsec sa peer 192.0.2.7 detail
  const match = /^(show crypto ipsec sa) peer (\S+)( detail)?$/.exec(command);
  return match === null ? null : { base: `${match[1]}${match[3] ?? ''}`, peer: match[2] ?? '' };
}

/** What the router prints of its IPsec SAs when asked for one peer: the flows to it, below their interface and map lines. */
export function saOfPeer(text: string, peer: string): string {
  return interfacesOf(text)
    .flatMap((lines) => {
      const [head = [], ...flows] = flowsOf(lines);
      const kept = flows.filter((flow) => flow.some((line) => isCurrentPeer(line, peer)));
      return kept.length === 0 ? [] : [...head, ...kept.flat()];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function interfacesOf(text: string): string[][] {
  const lines = text.replace(/\n$/, '').split('\n');
  return groupsFrom(lines, (line) => line.startsWith('interface: ')).slice(1);
}

/** Head lines first, then one group a flow; a flow begins at its VRF line, or at its local identity where there is none. */
function flowsOf(lines: readonly string[]): string[][] {
  //    protected vrf: (none)        local  ident (addr/mask/prot/port): …
  return groupsFrom(
    lines,
    (line, before) =>
      /^\s*protected vrf:/.test(line) ||
      (/^\s*local\s+ident /.test(line) && !/^\s*protected vrf:/.test(before)),
  );
}

function groupsFrom(lines: readonly string[], begins: (line: string, before: string) => boolean): string[][] {
  const groups: string[][] = [[]];
  for (const [i, line] of lines.entries()) {
    if (begins(line, lines[i - 1] ?? '')) groups.push([]);
    groups.at(-1)?.push(line);
  }
  return groups;
}

function isCurrentPeer(line: string, peer: string): boolean {
  //    current_peer 198.51.100.7 port 500
  const match = /^\s*current_peer:? (\S+)/.exec(line);
  return match?.[1]?.toLowerCase() === peer.toLowerCase();
}
