import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { assess } from '../../src/app/assess.ts';
import type { TunnelDiagnosis } from '../../src/diagnosis/diagnose-tunnel.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { parseRecording } from '../../src/parsers/parse-recording.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import type { RouterResult } from '../../src/report/build-report.ts';
import { buildTunnels } from '../../src/tunnels/build-tunnels.ts';
import { routerFacts } from '../../src/tunnels/router-facts.ts';
import type { Tunnel } from '../../src/tunnels/tunnel.ts';

export type Texts = Readonly<Record<string, string | readonly string[]>>;

/** One router's result from texts by command. */
export function assessTexts(texts: Texts, playbooks: readonly Playbook[] = []): RouterResult {
  const [result] = assess([recordingOf('r1', texts)], playbooks);
  if (result === undefined) throw new Error('no result');
  return result;
}

/** The diagnosis of the only tunnel of a router, or of the one with this peer. */
export function onlyTunnel(result: RouterResult, peer?: string): TunnelDiagnosis {
  const found = result.tunnels.filter(({ tunnel }) => peer === undefined || tunnel.peer === peer);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} tunnels: ${result.tunnels.map((t) => t.tunnel.id).join(', ')}`);
  }
  return first;
}

/** The recording with one output cut after so many lines, as when the session died in it. */
export function cutShort(recording: Recording, command: string, lines: number): Recording {
  return {
    ...recording,
    outputs: recording.outputs.map((output) =>
      output.command === command
        ? {
            ...output,
            kind: 'cut-short' as const,
            reason: 'the session ended',
            text: output.text.split('\n').slice(0, lines).join('\n'),
          }
        : output,
    ),
  };
}

/** The tunnels of one router from texts by command, before any diagnosis. */
export function tunnelsOf(texts: Texts, address: string | null = null): readonly Tunnel[] {
  return buildTunnels(routerFacts(parseRecording({ ...recordingOf('r1', texts), address }))).tunnels;
}
