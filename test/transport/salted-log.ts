/** A log of 10,000 lines in which everything stands that a careless reader takes for the end, an error or a page. */
export function saltedLog(lines = 10_000, prompt = 'R1#'): string {
  const salt = [
    'ERROR: something failed',
    "% Invalid input detected at '^' marker.",
    ' --More-- ',
    prompt,
    `${prompt}show version`,
    prompt,
    prompt,
    '% Incomplete command.',
    'Command authorization failed.',
    '\x1b[2J\x1b[31mred\x1b[0m \x1b]0;title\x07 bell\x07',
    'back\b\b\b\bspace and \x00 nul and \x7f del',
    '',
    ' --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\bnot a pager',
    'Password: ',
    '\xe4\xf6\xfc latin1',
    'Connection to 192.0.2.1 closed by foreign host.',
  ];
  const text: string[] = ['', 'Syslog logging: enabled', ''];
  for (let i = 0; text.length < lines; i++) {
    text.push(
      `*Nov 23 09:${String(i % 60).padStart(2, '0')}:30.123: %SYS-5-CONFIG_I: Configured from console, line ${i}`,
    );
    if (i % 5 === 0) text.push(salt[(i / 5) % salt.length] ?? '');
  }
  return `${text.join('\n')}\n`;
}
