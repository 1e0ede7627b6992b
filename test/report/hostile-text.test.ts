import { describe, expect, test } from '@jest/globals';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderText } from '../../src/report/render-text.ts';
import type { Report } from '../../src/report/report.ts';
import { columnsOf } from '../../src/report/text-layout.ts';
import { morningSweep } from '../support/report-samples.ts';

// What a device, or somebody who can write into its log, may try. Each one goes into every free text of the report.
const PAYLOADS: readonly (readonly [string, string])[] = [
  ['a colour', '\x1b[31mred\x1b[0m'],
  ['a cursor move', '\x1b[2J\x1b[1;1H'],
  ['a broken escape', '\x1b\x1b[3\x1b[31m1m'],
  ['a terminal link', '\x1b]8;;http://evil.example\x07click\x1b]8;;\x07'],
  ['a clipboard write', '\x1b]52;c;aGk=\x1b\\'],
  ['a device control string', '\x1bP$q\x1b\\'],
  ['C1 controls', '\x9b31m\x9d8;;http://evil.example\x9c\x85'],
  ['a carriage return', 'up\rdown'],
  ['bells and backspaces', '\x07\x08\x08\x08\x7f\x00'],
  ['line ends', 'one\ntwo\r\nthree\u2028four\u2029five\x0b\x0c'],
  ['bidirectional overrides', '\u202egnol\u202c \u2066x\u2069 \u200f'],
  ['blanks without width', 'a\u200bb\ufeffc'],
  ['hidden letters', 'a\u{e0041}\u{e007f}b\u00adc\u061cd\u180ee\ufff9f'],
  ['commands', 'show crypto isakmp sa `show x` `show \u202ey` clear crypto sa peer <peer>'],
  ['lone surrogates', '\ud800 a \udc00\ud800'],
  ['an emoji', '👩‍💻🇩🇪'],
  ['a combining storm', `e${'\u0301'.repeat(300)}`],
  ['backticks', '` `` ``` ```` `````'],
  ['a closed fence', '```\n# heading\n```'],
  ['a tilde fence', '~~~\n# heading\n~~~'],
  ['a table', 'a | b |\n|---|---|\n| c | d |'],
  ['an escaped bar', 'a \\| b \\\\| c'],
  ['a script link', '[x](javascript:alert(1))'],
  ['the rest of a link', '](javascript:alert(1))'],
  ['a reference', '[x]: http://evil.example "t"'],
  ['a bare address', 'http://evil.example/a www.evil.example evil.example'],
  ['an image', '![x](http://evil.example/y.png)'],
  ['an autolink', '<http://evil.example> <a@evil.example>'],
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)><!--'],
  ['an entity', '&lt;b&gt; &#x3c;b&#x3e;'],
  ['mentions', '@here @channel @octocat a@evil.example [~accountid:1]'],
  ['issue numbers', '#1 GH-1 octocat/repo#1 deadbeefdeadbeef'],
  ['emphasis', '*a* **b** _c_ __d__ ~~e~~'],
  ['headings and lists', '# a'],
  ['a bullet', '- a'],
  ['a number', '1. a'],
  ['a rule', '---'],
  ['an underline', '==='],
  ['a quote', '> a'],
  ['an indent', '        a'],
  ['mathematics and emoji names', '$x$ $$y$$ :tada: :+1: ^z^'],
  ['Jira macros', '{code}a{code} {noformat} !x.png! h1. [a|http://evil.example] ||b||'],
  ['a very long word', 'A'.repeat(4_000)],
  ['very many words', 'word '.repeat(2_000)],
  ['a very long wide word', '漢'.repeat(2_000)],
  ['nothing', ''],
  ['blanks', '   '],
  ['a tab', 'a\tb'],
];
const CLOSED_WORDS =
  /^(?:format|verdict|severity|standing|class|outcome|fate|kind|role|expect|phase2|traffic)$/;
const CONTROLS =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

// The payload as a text of its own, between words and inside a word
const PLACES: readonly (readonly [string, (text: string, payload: string) => string])[] = [
  ['', (_text, payload) => payload],
  [' within words', (text, payload) => `${text} ${payload} ${text}`],
  [' within a word', (text, payload) => `${text.slice(0, 3)}${payload}${text.slice(3)}`],
];
const samples = PAYLOADS.flatMap(([name, payload]) =>
  PLACES.map(([where, put]) => {
    // Equal sentences are told once: the harmless twin has the same ones equal
    const harmless = salted(morningSweep, (text) => put(text, 'word'));
    return [`${name}${where}`, salted(morningSweep, (text) => put(text, payload)), harmless] as const;
  }),
);

describe('text from devices', () => {
  test.each(samples)('leaves the text report whole: %s', (_name, report) => {
    for (const width of [80, 100]) {
      const text = renderText(report, { width });
      expect(text).not.toMatch(CONTROLS);
      expect(isWellFormed(text)).toBe(true);
      const lines = text.split('\n');
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
      expect(
        lines.filter((line) => /^[✗!?✓-] (?:down|missing|degraded|undetermined|idle|healthy) /.test(line)),
      ).toHaveLength(8);
    }
  });

  test.each(samples)('is only ever painted when it is safe: %s', (_name, report) => {
    renderText(report, {
      paint: (_style, text) => {
        expect(text).not.toMatch(CONTROLS);
        expect(text).not.toContain('\n');
        return text;
      },
    });
  });

  test.each(samples)('stays inert in Markdown: %s', (_name, report, harmless) => {
    const text = renderMarkdown(report);
    expect(text).not.toMatch(CONTROLS);
    expect(isWellFormed(text)).toBe(true);
    expect(skeleton(text)).toEqual(skeleton(renderMarkdown(harmless)));
    for (const line of outsideCode(text)) expect(line).not.toMatch(MEANINGFUL);
  });

  test.each(samples)('comes back from JSON as it was: %s', (_name, report) => {
    const text = renderJson(report);
    expect(text).not.toMatch(CONTROLS);
    expect(JSON.parse(text)).toEqual(report);
  });
});

test('rendering the longest texts takes no more than their length deserves', () => {
  const long = (size: number) => salted(morningSweep, () => '`[(.:'.repeat(size));
  const cost = (size: number) => {
    const report = long(size);
    const start = process.cpuUsage().user;
    renderText(report);
    renderMarkdown(report);
    return process.cpuUsage(undefined).user - start;
  };
  cost(1000);
  expect(cost(40_000)).toBeLessThan(5_000_000);
});

// What would mean something to a Markdown renderer outside of code, beside our own bold words, marks and table bars
const MEANINGFUL =
  /[<>[\]@*_~`\\&$^{}#|]|:\/\/|www\.|:[a-z0-9+-]+:|[0-9a-f]{7,40}\b|^\s*(?:---|===|\d+\.\s+\d+\.|-\s+-|-\s+#)/i;

/** The lines of a Markdown text that are neither fenced nor code spans; our own bold, headings and bars are taken off. */
function outsideCode(text: string): string[] {
  const lines: string[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    if (fence !== '') {
      if (line.trim() === fence) fence = '';
      continue;
    }
    fence = /^ {0,5}(`{3,})text$/.exec(line)?.[1] ?? '';
    if (fence !== '') continue;
    const bare = line.replace(/\b\d\d:\d\d:\d\d\b/g, 'TIME').replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, 'CODE');
    lines.push(
      /^\| .* \|$/.test(line)
        ? bare
            .replace(/\|/g, ' ')
            .replace(/^( --- ?)+/, '')
            .replace(/ --- /g, ' ')
        : bare.replace(/^#{2,3} /, '').replace(/^\*\*([A-Z][^*]*)\*\*/, '$1'),
    );
  }
  expect(fence).toBe('');
  return lines;
}

/** What a reader sees as structure: headings, headings of lists, table rows with their cells, number of fences. */
function skeleton(text: string): unknown {
  const lines = text.split('\n');
  return {
    headings: lines.filter((line) => /^#/.test(line)).map((line) => line.split(' ', 2).join(' ')),
    bold: lines.filter((line) => line.startsWith('**')).map((line) => /^\*\*[^*]*\*\*/.exec(line)?.[0]),
    rows: lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').length),
    fences: lines.filter((line) => /^ *`{3,}text$/.test(line)).length,
  };
}

function salted(report: Report, change: (text: string) => string): Report {
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return CLOSED_WORDS.test(key) ? value : change(value);
    if (Array.isArray(value)) return value.map((inner) => visit(inner, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visit(inner, name)]));
  };
  return visit(report, '') as Report;
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
