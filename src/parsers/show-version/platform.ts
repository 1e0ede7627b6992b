import type { VersionFacts } from './facts.ts';

type Platform = NonNullable<VersionFacts['platform']>;

/** What a first line says about the software; the first entry that fits decides. Order matters: XR and XE before IOS. */
const BANNERS: readonly { readonly platform: Platform; readonly looks: RegExp }[] = [
  // Cisco IOS XR Software, Version 6.5.3
  { platform: 'ios-xr', looks: /\bIOS[ -]XR\b/i },
  // Cisco Adaptive Security Appliance Software Version 9.8(2)     |     Cisco PIX Security Appliance Software Version 8.0(4)
  {
    platform: 'asa',
    looks: /Adaptive Security Appliance|PIX Security Appliance|Firepower (?:Threat Defense|Extensible)/i,
  },
  // Cisco Nexus Operating System (NX-OS) Software
  { platform: 'nx-os', looks: /\bNX-OS\b|Nexus Operating System/i },
  // Cisco IOS XE Software, Version 03.16.04b.S     |     Cisco IOS Software [Fuji], ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M)
  {
    platform: 'ios-xe',
    looks: /\bIOS[ -]XE Software|LINUX_IOSD|\(CAT\dK(?:_CAA-\w{1,30}-M|_IOSXE)\)|^Cisco IOS Software \[/i,
  },
  // Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M)     |     IOS (tm) C2600 Software     |     Cisco Internetwork Operating System Software
  {
    platform: 'ios',
    looks: /^(?:Cisco )?IOS(?: Software|\s?\(tm\)| \(fc)|^Cisco Internetwork Operating System|\bIOS \(tm\)/i,
  },
  // Cisco PIX Firewall Version 6.3(5)     |     JUNOS Software Release [12.1X46]     |     Arista vEOS
  {
    platform: 'other',
    looks:
      /Firewall Version|JUNOS|\bArista\b|RouterOS|FortiOS|\bFortiGate\b|NmpSW|Huawei|\bVRP\b|PAN-OS|VyOS|WLC|Controller Version/i,
  },
];

/** The platform a line of `show version` names, or null when it names none. */
export function platformOfLine(line: string): Platform | null {
  return BANNERS.find((banner) => banner.looks.test(line))?.platform ?? null;
}

/** IOS and IOS-XE print both a general and an exact line; the exact one wins, any foreign platform stands as first seen. */
export function refine(current: VersionFacts['platform'], seen: Platform | null): VersionFacts['platform'] {
  if (seen === null) return current;
  if (current === null) return seen;
  return current === 'ios' && seen === 'ios-xe' ? 'ios-xe' : current;
}
