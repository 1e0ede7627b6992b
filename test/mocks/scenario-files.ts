import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ROOT = join(PROJECT, 'mocks', 'scenarios');

export interface Expectation {
  readonly router: string;
  readonly peer: string;
  readonly verdict: string;
  readonly reason?: string;
  readonly cause?: string | null;
  readonly standing?: string;
  readonly ask?: string | readonly string[];
  readonly also_acceptable?: readonly string[];
  readonly among_causes?: readonly string[];
  readonly not_causes?: readonly string[];
  readonly not_first?: readonly string[];
  readonly needs_far_end?: boolean;
}

export interface Router {
  readonly name: string;
  /** Raw output by file name without `.txt`. */
  readonly files: Readonly<Record<string, string>>;
  readonly behaviour: { readonly authz_deny?: readonly string[] };
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly decidable: boolean;
  readonly debug: boolean;
  readonly demo: boolean;
  readonly expect: readonly Expectation[];
  readonly findings: readonly { readonly router: string; readonly id: string }[];
  readonly outcomes: readonly { readonly router: string; readonly outcome: string }[];
  readonly routers: readonly Router[];
}

/** Every scenario folder of the lab, read from disk. */
export function loadScenarios(): readonly Scenario[] {
  return foldersOf(ROOT).map((name) => {
    const folder = join(ROOT, name);
    const about = parse(readFileSync(join(folder, 'scenario.yaml'), 'utf8')) as Partial<Scenario>;
    const routers = foldersOf(folder).map((router) => loadRouter(join(folder, router), router));
    return { findings: [], outcomes: [], ...about, name, routers } as unknown as Scenario;
  });
}

function loadRouter(folder: string, name: string): Router {
  const outputs = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  const files = Object.fromEntries(
    outputs.map((file) => [file.slice(0, -4), readFileSync(join(folder, file), 'utf8')]),
  );
  const path = join(folder, 'behaviour.yaml');
  return {
    name,
    files,
    behaviour: existsSync(path) ? (parse(readFileSync(path, 'utf8')) as Router['behaviour']) : {},
  };
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
}
