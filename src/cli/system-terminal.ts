import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Terminal } from './terminal.ts';

/** The process's own stdio. A reader that goes away (`| head`) ends the output, not the program with a stack trace. */
export function systemTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (chunk) => void process.stdout.write(chunk),
    err: (chunk) => void process.stderr.write(chunk),
    isInteractive: process.stdout.isTTY === true,
    hasProgress: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 100,
    env: process.env,
    readStdin: () => text(process.stdin),
    ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? askWithoutEcho : null,
    now: Date.now,
  };
}

/** The question goes to stderr (stdout may be a report); what is typed is shown nowhere. */
async function askWithoutEcho(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
