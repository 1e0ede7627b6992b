import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { showCommand } from '../../src/evidence/show-command.ts';
import { showRunningConfig } from '../../src/parsers/show-running-config/parse.ts';

const cases = fileURLToPath(new URL('../../src/parsers/show-running-config/cases/', import.meta.url));

describe('show running-config', () => {
  test('is never sent, whole or in part', () => {
    for (const line of [
      'show running-config',
      'show running-config interface Tunnel0',
      'show running-config | section crypto',
      'show tech-support',
    ])
      expect(showCommand(line)).toBeNull();
  });

  test.each(readdirSync(cases))('%s: no key is in what the parser returns, read or not', (name) => {
    const text = readFileSync(`${cases}${name}/input.txt`, 'utf8');
    const secrets = [...text.matchAll(/\b(Written\w+|written1|00AA11BB|0822455D0A16)\b/g)].map(
      ([word]) => word,
    );
    // without its line ends as well: lines that run into each other are damaged, not public
    const parsed = [text, text.replaceAll('\n ', '\n'), text.replaceAll('!\n', 'x\n')].map((each) =>
      JSON.stringify(showRunningConfig.parse(each)),
    );
    for (const secret of secrets) for (const said of parsed) expect(said).not.toContain(secret);
  });

  test('a whole configuration that is indented everywhere reads the same', () => {
    const text = readFileSync(`${cases}1-site-to-site-15/input.txt`, 'utf8');
    const facts = showRunningConfig.parse(text).facts;
    const moved = showRunningConfig.parse(text.replace(/^(?=.)/gm, '    ')).facts;
    expect(moved.cryptoMaps).toEqual(facts.cryptoMaps);
    expect(moved.isakmpPolicies).toEqual(facts.isakmpPolicies);
    expect(moved.interfaces.map(({ name }) => name)).toEqual(facts.interfaces.map(({ name }) => name));
  });

  test('without any indent the crypto parts read the same', () => {
    const text = readFileSync(`${cases}2-dmvpn-ikev2-xe/input.txt`, 'utf8');
    const facts = showRunningConfig.parse(text).facts;
    const flat = showRunningConfig.parse(text.replace(/^ +(?=[^! ])/gm, '')).facts;
    const { settings: _settings, ...known } = facts;
    expect(flat).toMatchObject({ ...known, accessLists: facts.accessLists });
  });
});
