import { printable } from '../core/printable.ts';
import type { ConnectionFlags } from '../inventory/connection-flags.ts';
import { type ConnectionPlan, type PlanContext, planConnection } from '../inventory/connection-plan.ts';
import type { EndpointPlan } from '../inventory/endpoint-plan.ts';
import type { CredentialRef, InventoryRouter } from '../inventory/inventory.ts';
import type { Said } from '../inventory/ssh-config-settings.ts';

/** One value of a connection; secrets are shown as references only. */
interface Explained {
  readonly setting: string;
  readonly value: string;
  /** A flag, `inventory`, `FILE:LINE` of an ssh_config, or `default`. */
  readonly from: string;
}

interface ExplainedServer {
  readonly name: string;
  readonly settings: readonly Explained[];
}

export type ExplainedRouter = ExplainedServer &
  (
    | { readonly via: readonly ExplainedServer[]; readonly remarks: readonly string[] }
    | { readonly problem: string }
  );

/** How each router would be reached, and who says so; connects nowhere, reads no key and asks for no secret. */
export function explainRouters(
  routers: readonly InventoryRouter[],
  flags: ConnectionFlags,
  context: PlanContext,
): ExplainedRouter[] {
  return routers.map((router) => {
    const planned = planConnection(router, flags, context);
    if (!planned.ok) return { name: router.name, settings: [], problem: planned.message };
    const { value: plan } = planned;
    return {
      name: router.name,
      settings: [
        ...endpointSettings(plan.router, '$TUNNELDOC_PASSWORD, else asked'),
        ...sessionSettings(plan),
      ],
      via: plan.via.map((hop) => ({ name: hop.name, settings: endpointSettings(hop, 'none') })),
      remarks: planned.remarks,
    };
  });
}

export function explainText(routers: readonly ExplainedRouter[]): string {
  const lines = routers.flatMap((router) => [
    router.name,
    ...('problem' in router
      ? [`  cannot be reached: ${router.problem}`]
      : [
          ...router.settings.map((one) => settingLine(one, '  ')),
          ...router.via.flatMap((hop, at) => [
            `  jump host ${at + 1}: ${hop.name}`,
            ...hop.settings.map((one) => settingLine(one, '    ')),
          ]),
          ...router.remarks.map((remark) => `  note: ${remark}`),
        ]),
  ]);
  return lines.map((line) => `${printable(line).trimEnd()}\n`).join('');
}

function settingLine({ setting, value, from }: Explained, indent: string): string {
  return `${`${indent}${setting}`.padEnd(22)} ${value.padEnd(36)} ${from}`;
}

function endpointSettings(plan: EndpointPlan, noPassword: string): Explained[] {
  const said = <T>(
    setting: string,
    one: Said<T> | null,
    shown: (value: T) => string = String,
  ): Explained[] => (one === null ? [] : [{ setting, value: shown(one.value), from: one.from }]);
  const list = (words: readonly string[]): string => words.join(', ') || 'none';
  return [
    ...said('host', plan.host),
    ...said('port', plan.port),
    ...said('user', plan.user ?? { value: 'missing: give --user or user:', from: 'default' }),
    ...(plan.password === null
      ? [{ setting: 'password', value: noPassword, from: 'default' }]
      : said('password', plan.password, shownRef)),
    ...said('keys', plan.keys, (keys) => list(keys.map((key) => key.path))),
    ...said('passphrase', plan.passphrase, shownRef),
    ...said('agent', plan.agent),
    ...said('login methods', plan.methods, list),
    ...said('legacy algorithms', plan.legacyAlgorithms, (choice) =>
      typeof choice === 'boolean' ? String(choice) : list(choice),
    ),
    ...Object.entries(plan.algorithms).flatMap(([kind, names]) => said(KINDS[kind] ?? kind, names, list)),
    ...said('host keys', plan.hostKeys),
    ...said('host key', plan.fingerprint),
    ...said('host key alias', plan.hostKeyAlias),
    ...said('known hosts', plan.knownHosts),
    ...said('also known hosts', plan.otherKnownHosts, list),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  kex: 'key exchange',
  serverHostKey: 'host key types',
  cipher: 'ciphers',
  hmac: 'MACs',
};

function sessionSettings({ enableSecret, typeAhead, timeouts }: ConnectionPlan): Explained[] {
  return [
    ...(enableSecret === null
      ? []
      : [{ setting: 'enable secret', value: shownRef(enableSecret.value), from: enableSecret.from }]),
    { setting: 'type-ahead', value: String(typeAhead.value), from: typeAhead.from },
    ...Object.entries(timeouts).map(([phase, said]) => ({
      setting: `timeout ${phase}`,
      value: `${said.value} s`,
      from: said.from,
    })),
  ];
}

function shownRef(ref: CredentialRef): string {
  switch (ref.kind) {
    case 'env':
      return `env:${ref.name}`;
    case 'file':
      return `file:${ref.path}`;
    case 'ask':
      return 'ask';
    case 'plain':
      return 'stands in the inventory';
  }
}
