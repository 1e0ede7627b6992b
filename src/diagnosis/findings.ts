import type { Gap } from '../evidence/gap.ts';
import type { Source } from '../evidence/source.ts';
import type { Finding } from '../playbooks/finding.ts';

/** `command` names the output whose silence is the evidence when there is no line to cite. */
export function holds(sources: readonly Source[], command: string | null = null): Finding {
  return { is: 'holds', sources, command };
}

export function fails(sources: readonly Source[] = [], command: string | null = null): Finding {
  return { is: 'fails', sources, command };
}

export function unknown(...gaps: readonly Gap[]): Finding {
  return { is: 'unknown', gaps };
}

/** A two-valued answer with the lines that show it either way. */
export function decided(yes: boolean, sources: readonly Source[], command: string | null = null): Finding {
  return yes ? holds(sources, command) : fails(sources, command);
}

export function notAsked(ask: string, text: string): Finding {
  return unknown({ kind: 'not-asked', ask, text });
}

export const FAR_END_NOT_SEEN: Finding = unknown({
  kind: 'far-end-not-seen',
  ask: null,
  text: 'the far end is not in this run, so nothing could be compared with it',
});
