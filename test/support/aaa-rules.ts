// What an AAA server or an IOS parser would do with the printed rules: read from the text alone, nothing shared with what printed it.

/** Judges one command line, unabbreviated. */
export interface Judge {
  test(line: string): boolean;
}

interface Rule {
  readonly permits: boolean;
  readonly pattern: RegExp;
}

/** A group of tac_plus (F4): the arguments as IOS sends them, joined by blanks, `<cr>` last; the first rule that matches decides. */
export function tacPlus(text: string): Judge {
  const commands = new Map<string, Rule[]>();
  let rules: Rule[] | null = null;
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('#')) continue;
    const command = /^\s*cmd\s*=\s*(\S+)\s*\{\s*$/.exec(line)?.[1];
    const rule = /^\s*(permit|deny)\s+"([^"]*)"\s*$/.exec(line);
    if (command !== undefined) {
      rules = [];
      commands.set(command, rules);
    } else if (/^\s*\}\s*$/.test(line)) rules = null;
    else if (rule !== null && rules !== null)
      rules.push({ permits: rule[1] === 'permit', pattern: new RegExp(rule[2] ?? '') });
    else if (rules !== null) throw new Error(`not a rule: ${line}`);
  }
  return {
    test(line) {
      const [command = '', ...words] = line.split(' ');
      const sent = [...words, '<cr>'].join(' ');
      return commands.get(command)?.find(({ pattern }) => pattern.test(sent))?.permits ?? false;
    },
  };
}

/** The script of a tac_plus-ng profile, which stands in comments: `cmd` is the whole line. */
export function tacPlusNg(text: string): Judge {
  const patterns = [...text.matchAll(/^#\s+if \(cmd =~ \/(.*)\/\) permit$/gm)].map(
    (match) => new RegExp(match[1] ?? ''),
  );
  return { test: (line) => patterns.some((pattern) => pattern.test(`${line} <cr>`)) };
}

/**
 * A parser view. Without `all` only the words that are written out belong to it; IOS adds the words in front of each command. What
 * stands behind a pipe is not looked at.
 */
export function parserViewOf(text: string): Judge {
  const included = [...text.matchAll(/^ commands exec include (all )?(\S.*)$/gm)].map((match) => ({
    all: match[1] !== undefined,
    words: (match[2] ?? '').split(' '),
  }));
  return {
    test(line) {
      const typed = (line.split('|')[0] ?? '').trim().split(' ');
      return included.some(
        ({ all, words }) =>
          (typed.length <= words.length || all) &&
          typed.slice(0, words.length).every((word, i) => word === words[i]),
      );
    },
  };
}
