import { recordingOf } from '../../../mocks/ios-router/recording-of.ts';
import type { Recording } from '../../../src/evidence/recording.ts';
import { saltedLog } from '../salted-log.ts';

/** What a router is asked in the parity tests, and what it prints: everything that may tempt a reader to change, lose or misread it. */
export const NASTY_OUTPUTS: Readonly<Record<string, string>> = {
  'show version': 'Cisco IOS Software — written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': saltedLog(2000),
  'show crypto isakmp sa': '\n\n\nIPv4 Crypto ISAKMP SA\n\n\n\nIPv6 Crypto ISAKMP SA\n\n',
  'show crypto ipsec sa': '',
  'show crypto ipsec profile': '\n',
  'show crypto session': [600, 511, 512, 1023, 20_000].map((width) => `${longLine(width)}\n`).join(''),
  'show crypto session detail': controlBytes(),
  'show crypto map': 'one\rtwo\r\rthree\nfour\r\nfive\n',
  'show ntp status': 'no line end behind this',
  'show crypto engine connections active': 'R1#',
  'show ip nat translations': 'R1#show ip nat translations\nR1#\n --More-- \n',
  'show ip traffic': bigOutput(1_000_000),
  'show crypto eli': '% Incomplete command.\n\n',
  'show crypto isakmp peers': '% Ambiguous command:  "show crypto isakmp pe"\n',
  'show crypto pki counters': "Counters:\n% Invalid input detected at '^' marker.\n\n",
};

/** Asked too, and not among the outputs: one that AAA denies, one that this router does not know. */
export const DENIED = 'show ip nhrp';
const UNKNOWN = 'show dmvpn';

export const NASTY_COMMANDS: readonly string[] = [...Object.keys(NASTY_OUTPUTS), DENIED, UNKNOWN];

/** How one command ended, without the times. */
export interface End {
  readonly command: string;
  readonly kind: string;
  readonly text: string;
  readonly refusal?: string;
  readonly reason?: string;
}

const REFUSED: Readonly<Record<string, string>> = {
  'show crypto eli': 'incomplete',
  'show crypto isakmp peers': 'ambiguous',
  [DENIED]: 'not-authorized',
  [UNKNOWN]: 'invalid-input',
};
const SAID: Readonly<Record<string, string>> = {
  [DENIED]: 'Command authorization failed.\n\n',
  // The caret stands below the wrong word of the line with its prompt: "R1#show dmvpn".
  [UNKNOWN]: `${' '.repeat('R1#show '.length)}^\n% Invalid input detected at '^' marker.\n\n`,
};

/** The one recording that every server must give. A line end is LF, the last line has one, no CR is left. */
export const NASTY_RECORDING: readonly End[] = NASTY_COMMANDS.map((command) => {
  const raw = SAID[command] ?? NASTY_OUTPUTS[command] ?? '';
  const text = raw === '' || raw.endsWith('\n') ? raw.replaceAll('\r', '') : `${raw}\n`;
  const refusal = REFUSED[command];
  if (refusal === undefined) return { command, kind: 'answered', text };
  const reason = text.split('\n').find((line) => /\w/.test(line)) ?? '';
  return { command, kind: 'refused', text, refusal, reason };
});

/** The same for the mock router; a refused text is served as any other. */
export function nastyRecording(): Recording {
  return recordingOf('R1', NASTY_OUTPUTS);
}

function longLine(width: number): string {
  return Array.from({ length: width }, (_, i) => String.fromCharCode(33 + (i % 94))).join('');
}

/** Every byte but CR and LF, each in the middle and at both ends of a line. */
function controlBytes(): string {
  const lines: string[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const char = String.fromCharCode(byte);
    if (char !== '\r' && char !== '\n') lines.push(`${char}byte ${byte} ${char} here${char}\n`);
  }
  return lines.join('');
}

function bigOutput(bytes: number): string {
  const lines: string[] = [];
  for (let i = 0, size = 0; size < bytes; i++) {
    const line = `line ${i} R1# ${'='.repeat(i % 97)} % Invalid input\n`;
    lines.push(line);
    size += line.length;
  }
  return lines.join('');
}
