import { redact } from '../evidence/redact.ts';
import { createLog, type OpenLog } from '../logging/logger.ts';
import { Fault } from './fault.ts';

export interface LogArguments {
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  readonly logFile?: string | undefined;
}

/** The log of one run. `secrets` may grow while the run goes on; their values never reach a line. */
export function openLog(args: LogArguments, secrets: readonly string[]): OpenLog {
  try {
    return createLog({
      level: args.logLevel,
      ...(args.logFile === undefined ? {} : { file: args.logFile }),
      stderr: args.logFile === undefined,
      secrets: () => secrets,
      redact: (text) => redact(text).text,
    });
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error));
  }
}
