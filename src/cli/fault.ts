import { printable } from '../core/printable.ts';

/** The run could not start or finish: exit code 2 with a message that says what, where and what to do. */
export class Fault extends Error {
  readonly problems: readonly string[];

  constructor(message: string, problems: readonly string[] = []) {
    super(message);
    this.name = 'Fault';
    this.problems = problems;
  }
}

/** The fault for stderr, and as the one JSON document of stdout where JSON was asked for. */
export function faultText(fault: Fault): string {
  return [fault.message, ...fault.problems].map((line) => `tunneldoc: ${printable(line)}\n`).join('');
}

export function faultJson(fault: Fault): string {
  const { message, problems } = fault;
  return `${JSON.stringify({ format: 'tunneldoc.error/1', error: message, problems }, null, 2)}\n`;
}
