import type { Fact } from '../parsed.ts';

/** An IOS release in comparable parts. `12.0(6.5)T5` = 12, 0, 6, 5 (interim), T, 5 (rebuild). IOS-XE: 17.3.4a or 03.16.04b.S. */
export interface IosRelease {
  readonly major: number;
  readonly minor: number;
  readonly maintenance: number;
  readonly interim: number | null;
  readonly train: string;
  readonly rebuild: number | null;
  /** Letter behind the last number, '' when there is none: `15.7(3)M4b` → b, `12.4(25f)` → f, `17.3.4a` → a. */
  readonly letter: string;
  readonly isXe: boolean;
}

export interface VersionFacts {
  /** ios, ios-xe, or the name of a platform we do not diagnose (asa, nx-os, ios-xr, other). */
  readonly platform: 'ios' | 'ios-xe' | 'asa' | 'nx-os' | 'ios-xr' | 'other' | null;
  readonly version: (Fact & { readonly text: string; readonly release: IosRelease | null }) | null;
  readonly hostname: (Fact & { readonly name: string }) | null;
  readonly uptime:
    | (Fact & { readonly text: string; readonly seconds: number; readonly resolution: number })
    | null;
  readonly image: string | null;
  readonly model: string | null;
  readonly reloadReason: (Fact & { readonly text: string }) | null;
}
