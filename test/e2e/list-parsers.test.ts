import { describe, expect, test } from '@jest/globals';
import { ALLOWED_COMMANDS, RECORDED_COMMANDS } from '../../src/evidence/show-command.ts';
import { PARSERS } from '../../src/parsers/registry.ts';
import { WHAT_IS_READ } from '../../src/parsers/what-is-read.ts';
import { tunneldoc } from '../support/command-line.ts';

const commands = PARSERS.map((parser) => parser.command);

describe('what is read', () => {
  test('is said of every parser, and of nothing else', () => {
    expect([...WHAT_IS_READ.keys()].sort()).toEqual([...commands].sort());
    expect([...WHAT_IS_READ.values()].filter((text) => !/^[A-Za-z].{15,140}[^.]$/.test(text))).toEqual([]);
  });
});

describe('tunneldoc parse --list', () => {
  test('names every command once, with what is read of it', async () => {
    const { code, out, err } = await tunneldoc(['parse', '--list']);
    expect([code, err]).toEqual([0, '']);
    const rows = out.split('\n').filter((line) => line.startsWith('show '));
    expect(rows.map((row) => row.replace(/ {3}\(.*$/, ''))).toEqual(commands);
    expect(out).toContain('show running-config   (from recordings; never sent)');
    expect(out).toContain('    also: show crypto ipsec sa peer <address> detail');
  });

  test('as JSON it has forms and schemas', async () => {
    const { code, out } = await tunneldoc(['parse', '--list', '--format', 'json']);
    const { format, parsers } = JSON.parse(out) as {
      format: string;
      parsers: { command: string; forms: string[]; sent: boolean; schema: string }[];
    };
    expect([code, format]).toEqual([0, 'tunneldoc.parsers/1']);
    expect(parsers.map((parser) => parser.command)).toEqual(commands);
    expect(parsers.find((parser) => parser.command === 'show running-config')?.sent).toBe(false);
    expect(parsers.find((parser) => parser.command === 'show ip route')).toMatchObject({
      forms: expect.arrayContaining(['show ip route <address>']),
      schema: 'docs/schema/facts/show-ip-route.schema.json',
    });
  });

  test('every allowed and every recorded command is a form of one parser, but for what a person reads', async () => {
    const { out } = await tunneldoc(['parse', '--list', '--format', 'json']);
    const { parsers } = JSON.parse(out) as { parsers: { forms: string[] }[] };
    const forms = parsers.flatMap((parser) => parser.forms);
    expect(new Set(forms).size).toBe(forms.length);
    expect([...ALLOWED_COMMANDS, ...RECORDED_COMMANDS].filter((command) => !forms.includes(command))).toEqual(
      ['show privilege'],
    );
  });

  test('without --list a command must be named', async () => {
    const { code, out, err } = await tunneldoc(['parse']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ format: 'tunneldoc.error/1' });
    expect(err).toContain('--list');
  });
});
