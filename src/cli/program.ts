import yargs, { type Argv, type InferredOptionTypes } from 'yargs';
import { packageVersion } from '../app/package-root.ts';
import { readConfig } from '../app/read-config.ts';
import { parseAddress } from '../core/address.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault, faultJson, faultText } from './fault.ts';
import {
  CONNECTION_OPTIONS,
  FORMAT_OPTIONS,
  GLOBAL_OPTIONS,
  LAB_OPTIONS,
  LOGIN_OPTIONS,
  PLAN_OPTIONS,
  SWEEP_OPTIONS,
} from './options.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line and returns the exit code; never exits the process. Command modules load when they are run. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const finish = (result: ExitCode): void => {
    code = result;
  };
  const asked = { json: wantsJson(argv) };
  try {
    if (argv.includes('')) throw new Fault('an argument is empty; is a shell variable not set?');
    await commandLine(argv, terminal, finish, asked).parseAsync();
    return code;
  } catch (error) {
    const fault =
      error instanceof Fault ? error : new Fault(error instanceof Error ? error.message : String(error));
    if (asked.json) terminal.out(faultJson(fault));
    terminal.err(faultText(fault));
    if (!(error instanceof Fault) && terminal.env['TUNNELDOC_TRACE'] && error instanceof Error)
      terminal.err(`${error.stack}\n`);
    return 2;
  }
}

function commandLine(
  argv: readonly string[],
  terminal: Terminal,
  finish: (code: ExitCode) => void,
  asked: { json: boolean },
): Program {
  const program = yargs([...argv])
    .scriptName('tunneldoc')
    .locale('en')
    .version(packageVersion())
    .usage(
      '$0 <command>\n\nDiagnoses VPN tunnels on Cisco IOS and IOS-XE routers: verdict, causes, the lines that prove them.',
    )
    .options(GLOBAL_OPTIONS)
    .config('config', 'file of option values (YAML or JSON); flags win over it', readConfig)
    .middleware((args: Record<string, unknown>) => {
      lastOneHolds(args);
      // Options of a file count as well as those of the command line; what is no form at all stays what the words said.
      if (args['format'] === 'json' || commandOf(args) === 'parse') asked.json = true;
      if (typeof args['peer'] === 'string') args['peer'] = peerAddress(args['peer']);
    }, true)
    .exitProcess(false)
    .demandCommand(1, 'name a command; `tunneldoc --help` lists them')
    .strict()
    .recommendCommands()
    .wrap(Math.min(110, terminal.columns))
    .fail((message, error) => {
      throw error instanceof Fault || !message ? error : new Fault(message);
    })
    .epilogue(
      'Exit codes: 0 every tunnel healthy or idle; 1 problems found; 2 usage or tool fault; 3 something not known.',
    );
  addDiagnosis(program, terminal, finish);
  addPlan(program, terminal, finish);
  addOffline(program, terminal, finish);
  addFiles(program, terminal, finish);
  addLab(program, terminal, finish);
  return program;
}

type Program = Argv<InferredOptionTypes<typeof GLOBAL_OPTIONS>>;

function addDiagnosis(program: Program, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program.command(
    'diagnose <router>',
    'one router, now: a name of the inventory or of the OpenSSH config, or user@host[:port]',
    (args) =>
      args
        .positional('router', { type: 'string', demandOption: true })
        .options({ ...CONNECTION_OPTIONS, ...FORMAT_OPTIONS }),
    async (args) => finish(await (await import('./run-diagnose.ts')).runDiagnose(args, terminal)),
  );
  program.command(
    'sweep',
    'every router of the inventory',
    (args) => args.options({ ...CONNECTION_OPTIONS, ...FORMAT_OPTIONS, ...SWEEP_OPTIONS }),
    async (args) => finish(await (await import('./run-sweep.ts')).runSweep(args, terminal)),
  );
}

function addPlan(program: Program, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program.command(
    'plan [router]',
    'what diagnose or sweep would send, and the AAA rules that permit it; connects nowhere',
    (args) =>
      args
        .positional('router', { type: 'string' })
        .options({ ...CONNECTION_OPTIONS, ...SWEEP_OPTIONS, ...PLAN_OPTIONS }),
    async (args) => finish(await (await import('./run-plan.ts')).runPlan(args, terminal)),
  );
}

function addOffline(program: Program, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program.command(
    'analyze <path>',
    'the same diagnosis from a recording, a folder of them, pasted text, show tech-support, or - for standard input',
    (args) =>
      args
        .positional('path', { type: 'string', demandOption: true })
        .options(FORMAT_OPTIONS)
        .option('peer', { type: 'string', describe: 'only the tunnels of this peer address' }),
    async (args) =>
      finish(
        await (await import('./run-analyze.ts')).runAnalyze(
          { ...args, path: dashForStdin(args.path) },
          terminal,
        ),
      ),
  );
  program.command(
    'parse [show-command] [file]',
    'facts of one output as JSON, or with --list the commands that are read',
    (args) =>
      args
        .positional('show-command', { type: 'string' })
        .positional('file', { type: 'string', default: '-' })
        .option('list', {
          type: 'boolean',
          default: false,
          describe: 'which commands are read, and what of them',
        })
        .option('format', {
          choices: ['text', 'json'] as const,
          default: 'text' as const,
          describe: 'form of the list; facts are always JSON',
        }),
    async (args) => {
      if (args.list) return finish((await import('./list-parsers.ts')).listParsers(args.format, terminal));
      const showCommand = args['show-command'];
      if (showCommand === undefined)
        throw new Fault(
          'name a show command, as in: tunneldoc parse "show crypto isakmp sa"; --list tells which',
        );
      const file = dashForStdin(args.file);
      finish(await (await import('./run-parse.ts')).runParse({ showCommand, file }, terminal));
    },
  );
  program.command(
    'explain <words..>',
    'what a message, a state or a cause means, or a whole line of a log',
    (args) =>
      args
        .positional('words', { type: 'string', array: true, demandOption: true })
        .option('format', { choices: ['text', 'json'] as const, default: 'text' as const }),
    async (args) => finish(await (await import('./run-explain.ts')).runExplain(args, terminal)),
  );
}

function addFiles(program: Program, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program.command(
    'playbooks <action> [folder]',
    'list, check or test playbooks (the built-in ones, or a folder)',
    (args) =>
      args
        .positional('action', { choices: ['list', 'check', 'test'] as const, demandOption: true })
        .positional('folder', { type: 'string' })
        .option('format', { choices: ['text', 'json'] as const, default: 'text' as const }),
    async (args) => finish(await (await import('./run-playbooks.ts')).runPlaybooks(args, terminal)),
  );
  program.command(
    'inventory <action> <file>',
    'list an inventory, check it, or explain how each router would be reached and who says so',
    (args) =>
      args
        .positional('action', { choices: ['list', 'check', 'explain'] as const, demandOption: true })
        .positional('file', { type: 'string', demandOption: true })
        .options(LOGIN_OPTIONS)
        .option('limit', { type: 'string', describe: 'only these routers' })
        .option('format', { choices: ['text', 'json'] as const, default: 'text' as const }),
    async (args) => finish(await (await import('./run-inventory.ts')).runInventory(args, terminal)),
  );
}

function addLab(program: Program, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program.command(
    'lab [scenarios..]',
    'start the built-in lab of SSH routers on loopback and keep it running',
    (args) =>
      args
        .positional('scenarios', { type: 'string', array: true, default: [] as string[] })
        .option('addresses', {
          type: 'boolean',
          default: false,
          describe: 'one 127.x.y.z address a router on one port (Linux) instead of one port each',
        })
        .option('port', { type: 'number', default: 2222, describe: 'the port for --addresses' })
        .options(LAB_OPTIONS),
    async (args) => finish(await (await import('./run-lab.ts')).runLab(args, terminal)),
  );
  program.command(
    'demo [scenarios..]',
    'start the lab, sweep it over real SSH, compare with what each scenario expects',
    (args) =>
      args
        .positional('scenarios', { type: 'string', array: true, default: [] as string[] })
        .options(FORMAT_OPTIONS)
        .option('folder', LAB_OPTIONS.folder)
        .option('concurrency', { type: 'number', default: 10, describe: 'routers at the same time' }),
    async (args) => finish(await (await import('./run-demo.ts')).runDemo(args, terminal)),
  );
}

/** yargs makes an empty text of a lone `-`. */
function dashForStdin(path: string): string {
  return path === '' ? '-' : path;
}

/** Arguments that are lists; of anything else given twice the last one holds. */
const LISTS: ReadonlySet<string> = new Set(['_', 'words', 'identity', 'scenarios', 'replay']);

function lastOneHolds(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    if (Array.isArray(value) && !LISTS.has(name)) args[name] = value.at(-1);
  }
}

/** Canonical form; refused before anything is asked, so that a slip of the pen is not a tunnel that was not found. */
function peerAddress(text: string): string {
  const address = parseAddress(text);
  if (address === null) throw new Fault(`--peer: ${text} is not an address`);
  return address;
}

function commandOf(args: Record<string, unknown>): unknown {
  return Array.isArray(args['_']) ? args['_'][0] : undefined;
}

/** What the bare words tell, for faults that come before the options are read. */
function wantsJson(argv: readonly string[]): boolean {
  const isJson = (word: string, at: number): boolean =>
    word === '--format=json' || (word === '--format' && argv[at + 1] === 'json');
  return argv.some(isJson) || argv[0] === 'parse';
}
