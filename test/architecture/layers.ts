// The one table of rooms. src/ARCHITECTURE.md says why; check-layers.ts reads this and the tests run it over the tree.

/** One room: what its files may import besides their own room. */
export interface Room {
  /** Rooms, by name: everything not named here is forbidden. */
  readonly imports: readonly string[];
  /** Rooms of which it may import types only (`import type`). */
  readonly types?: readonly string[];
  /** npm packages whose home this room is. */
  readonly packages: readonly string[];
  /** May it import Node's own modules? */
  readonly node: boolean;
  /** A pure room is a function of its arguments: no async, no node:, no clock, no chance, no process, no console. */
  readonly pure: boolean;
}

/** A rule that a named file breaks for a reason; an exception nobody needs any more is a fault. */
export interface Exception {
  readonly file: string;
  readonly rule: Rule;
  readonly reason: string;
}

export type Rule =
  | 'layer'
  | 'package'
  | 'node'
  | 'purity'
  | 'cycle'
  | 'default-export'
  | 'barrel'
  | 'length'
  | 'unreadable';

const PURE = { node: false, pure: true } as const;
const FACTS = ['core', 'evidence', 'parsers', 'tunnels'] as const;
const SPINE = [...FACTS, 'playbooks', 'diagnosis'] as const;
const BELOW_APP = [...SPINE, 'fleet', 'report', 'transport', 'inventory'] as const;

export const ROOMS: Readonly<Record<string, Room>> = {
  core: { imports: [], packages: ['ipaddr.js'], ...PURE },
  evidence: { imports: ['core'], packages: ['yaml'], node: true, pure: false },
  parsers: { imports: ['core', 'evidence'], packages: [], ...PURE },
  tunnels: { imports: ['core', 'evidence', 'parsers'], packages: [], ...PURE },
  playbooks: { imports: FACTS, packages: ['yaml'], ...PURE },
  diagnosis: { imports: [...FACTS, 'playbooks'], packages: [], ...PURE },
  fleet: { imports: FACTS, types: ['playbooks', 'diagnosis'], packages: [], ...PURE },
  report: { imports: SPINE, types: ['fleet'], packages: ['zod'], ...PURE },
  transport: { imports: ['core', 'evidence'], packages: ['ssh2'], node: true, pure: false },
  inventory: {
    imports: ['core'],
    types: ['evidence'],
    packages: ['ssh-config', 'yaml'],
    node: true,
    pure: false,
  },
  logging: { imports: ['core'], packages: ['winston'], node: true, pure: false },
  app: { imports: BELOW_APP, packages: ['p-queue', 'yaml', 'zod'], node: true, pure: false },
  cli: { imports: [...BELOW_APP, 'app', 'logging'], packages: ['yargs'], node: true, pure: false },
  main: { imports: ['cli', 'app'], packages: ['yargs'], node: true, pure: false },
  mocks: { imports: ['core', 'evidence'], packages: ['ssh2'], node: true, pure: false },
};

/** The only product files that know the lab's routers. */
export const LAB_FILES: readonly string[] = ['src/cli/run-lab.ts', 'src/cli/run-demo.ts'];

/** The longest file; generated modules are tables and do not count. */
export const LONGEST_FILE = 300;

/** A place of src/transport that touches the way out to a router, or looks like it. */
export interface Way {
  readonly file: string;
  readonly way: string;
  readonly reason: string;
}

/** All of them. The allow-list of commands guards `send`; nothing else may reach a router's channel. */
export const WAYS_OUT: readonly Way[] = [
  {
    file: 'src/transport/send.ts',
    way: 'channel.write',
    reason: 'the one function that writes to a router',
  },
  {
    file: 'src/transport/shell-channel.ts',
    way: 'channel.write',
    reason: "hands ssh2's stream to send() as a Channel; called by nothing else",
  },
  {
    file: 'src/transport/ssh-connection.ts',
    way: 'client.shell',
    reason: 'opens the one channel of a connection',
  },
  {
    file: 'src/transport/ssh-collector.ts',
    way: 'connection.shell',
    reason: 'our own method, which asks ssh-connection.ts for that channel',
  },
  {
    file: 'src/transport/forward.ts',
    way: 'client.forwardOut',
    reason: 'through a jump host: the stream it gives carries the SSH connection with the next host',
  },
  {
    file: 'src/transport/ssh-agent.ts',
    way: 'protocol.pipe',
    reason: "the agent's own socket on this machine, to read its keys",
  },
  {
    file: 'src/transport/ssh-agent.ts',
    way: 'socket).pipe',
    reason: 'the other direction of the same socket',
  },
  {
    file: 'src/transport/rekey-tolerance.ts',
    way: '{ _protocol }',
    reason: 'reads how packets are deciphered; writes nothing',
  },
  {
    file: 'src/transport/ssh-connection.ts',
    way: 'waiting.end',
    reason: 'ends the wait for an event of the connection; no stream',
  },
  {
    file: 'src/transport/worker-collector.ts',
    way: 'log[](',
    reason: 'logs what the thread of a session logs, at its level',
  },
];

/** The files that may open a socket or start a thread; no file of the product starts a program. */
export const OUTWARD_FILES: readonly string[] = [
  'src/transport/collector-worker.ts: node:worker_threads',
  'src/transport/ssh-agent.ts: node:net',
  'src/transport/tcp-connect.ts: node:net',
  'src/transport/worker-collector.ts: node:worker_threads',
];

export const EXCEPTIONS: readonly Exception[] = [
  {
    file: 'src/transport/cisco-group-exchange.ts',
    rule: 'unreadable',
    reason: "reads ssh2's table of server faults, which the package does not export",
  },
];
