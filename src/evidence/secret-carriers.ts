/** Where the configuration command begins in a line, after what carries it: a log message, a prompt, a diff mark. */
export interface CommandPart {
  readonly start: number;
  readonly command: string;
  /** The mode in the prompt, e.g. `config-keychain`; null without a prompt. */
  readonly mode: string | null;
  /** True when something stood in front of the command that proves it was typed. */
  readonly carried: boolean;
}

/** Never fails: a line that carries nothing is its own command. Blanks, `no`, `default` and `do` in front are skipped. */
export function commandPart(line: string): CommandPart {
  const carrier = CARRIERS.find((form) => form.test(line));
  const match = carrier?.exec(line);
  const lead = match?.[0].length ?? 0;
  // `  no `    `! `    `!config: `
  const skip =
    /^\s*(?:!(?:config: ?|exec: ?)?\s*)?(?:(?:no|default|do) )?\s*/.exec(line.slice(lead))?.[0].length ?? 0;
  return {
    start: lead + skip,
    command: line.slice(lead + skip),
    mode: match?.[1] ?? null,
    carried: match != null,
  };
}

const CARRIERS: readonly RegExp[] = [
  // %PARSER-5-CFGLOG_LOGGEDCMD: User:console  logged command:crypto isakmp key …
  /^[^\n]{0,400}?logged command: ?/i,
  // %HA_EM-6-LOG: CLI-LOG: crypto isakmp key …
  /^[^\n]{0,200}?%HA_EM-6-LOG: ?[^:]{1,64}: ?/,
  // CMD: 'enable secret …' 12:00:00 UTC
  /^[^\n]{0,200}?\bCMD: '/,
  // … service=shell priv-lvl=15 cmd=username bob …
  /^[^\n]{0,400}?\bcmd=/,
  //   12     3     admin@vty0     | crypto isakmp key …
  /^\s{0,12}\d{1,8}\s{1,12}\d{1,8}\s{1,12}\S{1,64}\s{0,24}\| ?/,
  // hub1(config-radius-server)#key …
  /^[ \t]{0,8}[A-Za-z0-9][\w.:/-]{0,63}(?:\(([\w. -]{1,40})\))?[#>]/,
  // +crypto isakmp key …       > quoted in a mail
  /^(?:[+-]|(?:> ?){1,8})(?=\s*[A-Za-z])/,
];
