import { printable } from '../core/printable.ts';
import type { CutName } from '../evidence/collected.ts';
import type { AtPassword } from './command-wait.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import { EXEC_REFUSED } from './ios-prompts.ts';
import type { Stopped } from './router-line.ts';

export const INTERRUPTED = 'interrupted';

/** Why an output is cut short, with how much had come; `text` is the output so far. */
export function cutReason(end: Stopped | AtPassword, text: string): string {
  if (end.kind === 'password') return 'the router asked for a password';
  const came = `${Buffer.byteLength(text)} bytes`;
  switch (end.why) {
    case 'closed':
      return `connection lost after ${came} (${end.text})`;
    case 'silent':
      return `${came}, then ${end.text}`;
    case 'too-long':
      return `${end.text}; ${came} had come`;
    case 'too-much':
      return `output ${end.text}`;
    case 'session-too-much':
      return `${end.text}, its limit; ${came} of this output had come`;
    case 'interrupted':
      return `interrupted after ${came}`;
  }
}

/** The same as a name. */
export function cutName(end: Stopped | AtPassword): CutName {
  return end.kind === 'password' ? 'password-asked' : CUT_NAME_OF[end.why];
}

const CUT_NAME_OF: Readonly<Record<Stopped['why'], CutName>> = {
  closed: 'connection-lost',
  silent: 'command-silent',
  'too-long': 'command-timeout',
  'too-much': 'output-too-large',
  'session-too-much': 'session-too-large',
  interrupted: 'interrupted',
};

/** Why no further command is run in this session. */
export function whyDead(end: Stopped): string {
  switch (end.why) {
    case 'closed':
      return 'connection lost';
    case 'silent':
      return 'the router had stopped answering';
    case 'too-long':
    case 'too-much':
      return 'an earlier output had no end';
    case 'session-too-much':
      return 'the session had reached its limit of bytes';
    case 'interrupted':
      return INTERRUPTED;
  }
}

/** The named error for a session that showed no prompt; `tail` is the last of what it did show. */
export function noPromptError(where: string, stop: Stopped, tail: string): ConnectError {
  const seen = printable(tail.slice(-300).replace(/\s+/g, ' ')).trim();
  const got = seen === '' ? 'nothing was sent by the router' : `the last it sent: ${seen}`;
  if (stop.why === 'interrupted') return connectError('interrupted', 'prompt', `${where}: interrupted.`);
  if (stop.why !== 'closed')
    return connectError(
      'no-prompt',
      'prompt',
      `${where}: logged in, but no prompt (NAME> or NAME#) was found, ${stop.text}; ${got}.`,
    );
  if (EXEC_REFUSED.test(tail))
    return connectError(
      'exec-not-authorized',
      'prompt',
      `${where}: logged in, but the user has no right to an EXEC session; the router said: ${seen.replace(/\.$/, '')}. Check the user's AAA exec authorization.`,
    );
  return connectError(
    'closed-without-prompt',
    'prompt',
    `${where}: logged in, then the router closed the session without a prompt (all vty lines in use?); ${got}.`,
  );
}
