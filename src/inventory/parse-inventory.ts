import type { Inventory } from './inventory.ts';
import { parseListInventory } from './parse-list.ts';
import { parseYamlInventory } from './parse-yaml.ts';
import { type Problem, problemsOf } from './problem.ts';

export type InventoryResult =
  | { readonly ok: true; readonly inventory: Inventory }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface InventoryOptions {
  /** Takes a password that stands in the file itself; off unless a flag says so. */
  readonly allowPlainPasswords?: boolean;
}

/**
 * Reads an inventory: YAML (defaults, groups, routers) or a plain list of `address[:port] [name]` lines.
 * All problems come at once, in reading order; with any problem there is no inventory. Never throws on input.
 */
export function parseInventory(text: string, file: string, options: InventoryOptions = {}): InventoryResult {
  const problems = problemsOf(file);
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const inventory = looksLikeList(source, file)
    ? parseListInventory(source, file, problems)
    : parseYamlInventory(
        source,
        file,
        { allowPlainPasswords: options.allowPlainPasswords === true },
        problems,
      );
  const found = problems.all();
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, inventory };
}

/** `.yaml`, `.yml` and `.json` are YAML; else the first line that says something decides. */
function looksLikeList(text: string, file: string): boolean {
  if (/\.(?:ya?ml|json)$/i.test(file)) return false;
  // a first line such as `routers:`, `defaults: {}`, `---`, `%YAML 1.2`, `{` or `- name: hub1`
  const first = text.split('\n').find((line) => !/^\s*(?:#|$)/.test(line)) ?? '';
  return (
    !/^\s*(?:---|%YAML|[{["']|- |[A-Za-z_][\w-]*\s*:(?:\s|$))/.test(first) ||
    /^\s*\[[\da-f:.]+\]/i.test(first)
  );
}
