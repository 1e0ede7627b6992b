/**
 * The lines a plan may send, as rules for the AAA of the routers: text for an administrator to read and to enter. tunneldoc itself
 * sends none of it. `lines` are those of `possibleLines`, with `<address>`, `<interface>` and `<name>` for parameters.
 */

/** An IOS parser view (role-based CLI access). It cannot look into parameters or pipes: docs/read-only.md says what that means. */
export function parserView(lines: readonly string[]): string {
  const commands = new Set(lines.filter((line) => line !== 'enable').map(viewCommand));
  return rows([
    ...VIEW_HEAD.map((text) => `! ${text}`.trimEnd()),
    'parser view tunneldoc',
    ' ! secret CHOOSE-A-SECRET',
    ...[...commands].map((command) => ` ${command}`),
    ' exit',
    '! username tunneldoc view tunneldoc secret CHOOSE-ANOTHER-SECRET',
  ]);
}

const VIEW_HEAD = [
  'The commands tunneldoc may send, as a parser view. tunneldoc sends none of these lines itself:',
  'read them, fill in both secrets (take the ! away), then enter them in the root view:',
  '  enable view',
  '  configure terminal',
  'Needed before: aaa new-model, an enable secret, and local logins that carry the view:',
  '  aaa authentication login default local',
  '  aaa authorization exec default local',
  'As long as `secret` is a comment IOS refuses every `commands` line: nothing is half done.',
  'IOS adds the words in front of a command too; where those are commands of their own, such as',
  '`show interfaces`, they are allowed with it. A view cannot forbid output to a file behind a pipe;',
  'use command authorization (tunneldoc plan --format tacacs) where that matters.',
];

/** Behind a parameter IOS needs `all`: without it only the keywords that are written out belong to the view. */
function viewCommand(line: string): string {
  const words = line.split(' ');
  const parameter = words.findIndex((word) => word.startsWith('<'));
  return parameter < 0
    ? `commands exec include ${line}`
    : `commands exec include all ${words.slice(0, parameter).join(' ')}`;
}

/** A group of tac_plus (F4), with the same rules for tac_plus-ng and Cisco ISE as comments. */
export function tacacsGroup(lines: readonly string[]): string {
  const commands = byCommand(lines);
  return rows([
    ...TACACS_HEAD.map((text) => `# ${text}`.trimEnd()),
    'group = tunneldoc {',
    '    default service = deny',
    '    service = exec {',
    '        priv-lvl = 15',
    '    }',
    ...[...commands].flatMap(([command, patterns]) => [
      `    cmd = ${command} {`,
      ...patterns.map((pattern) => `        permit "${pattern}"`),
      '        deny ".*"',
      '    }',
    ]),
    '}',
    '',
    ...newGeneration(commands),
    '',
    ...identityServices(commands),
  ]);
}

const TACACS_HEAD = [
  'The commands tunneldoc may send, for tac_plus (F4). tunneldoc itself never writes to an AAA server.',
  'Read it, then give the user of tunneldoc `member = tunneldoc`. It holds only where the routers ask for it:',
  '  aaa authorization exec default group tacacs+ local',
  '  aaa authorization commands 0 default group tacacs+ local',
  '  aaa authorization commands 1 default group tacacs+ local',
  '  aaa authorization commands 15 default group tacacs+ local',
  'IOS sends the command in full, its words one by one and `<cr>` at the end; some releases send an interface',
  'name as several words. Every rule is anchored at both ends, so that nothing can follow, a pipe neither.',
  'Level 15 is only a prompt of #: what may be run there is what stands below.',
];

/** `show` → the patterns of what may follow it, in order. */
function byCommand(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const commands = new Map<string, string[]>();
  for (const line of lines) {
    const [command = '', ...words] = line.split(' ');
    const patterns = commands.get(command) ?? [];
    patterns.push(patternOf(words));
    commands.set(command, patterns);
  }
  return commands;
}

/** Written for the least of the engines in use (no counts, no classes by name): characters, sets, groups, `?`, `*`, `+`. */
const PARAMETERS: Readonly<Record<string, string>> = {
  '<address>': '[0-9A-Fa-f.:]+',
  // GigabitEthernet0/1 | GigabitEthernet 0/1 | GigabitEthernet 0 1
  '<interface>': '[A-Za-z][A-Za-z-]* ?[0-9][0-9/.: ]*',
  '<name>': '[A-Za-z0-9_][A-Za-z0-9_.:-]*',
};

function patternOf(words: readonly string[]): string {
  if (words.length === 0) return '^(<cr>)?$';
  return `^${words.map((word) => PARAMETERS[word] ?? word).join(' ')}( <cr>)?$`;
}

function newGeneration(commands: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const rules = [...commands].flatMap(([command, patterns]) =>
    patterns.map((pattern) => {
      const rest = pattern.slice(1).replaceAll('/', '\\/');
      const whole = rest.startsWith('(<cr>)') ? `${command}( <cr>)?$` : `${command} ${rest}`;
      return `            if (cmd =~ /^${whole}/) permit`;
    }),
  );
  return [
    'The same for tac_plus-ng:',
    'profile tunneldoc {',
    '    script {',
    '        if (service == shell) {',
    '            if (cmd == "") { set priv-lvl = 15 permit }',
    ...rules,
    '        }',
    '        deny',
    '    }',
    '}',
  ].map((text) => `# ${text}`);
}

function identityServices(commands: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [
    'The same as a TACACS command set of Cisco ISE (grant, command, arguments), with `Permit any command that is',
    'not listed below` left off. ISE compares the arguments word by word and may ignore further words of a request:',
    'not tried by us. Make sure that `show clock | redirect flash:x` is refused before you rely on it.',
    ...[...commands].flatMap(([command, patterns]) =>
      patterns.map((pattern) => `PERMIT  ${command.padEnd(13)} ${pattern}`),
    ),
  ].map((text) => `# ${text}`);
}

function rows(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
