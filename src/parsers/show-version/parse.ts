import { isJoined, type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Fact, Parsed, Parser } from '../parsed.ts';
import type { VersionFacts } from './facts.ts';
import { platformOfLine, refine } from './platform.ts';
import { parseRelease } from './release.ts';
import { parseUptime } from './uptime.ts';

type Draft = { -readonly [K in keyof VersionFacts]: VersionFacts[K] } & { xeHeader: VersionFacts['version'] };

// Cisco IOS XE Software, Version 03.16.04b.S - Extended Support Release
const XE_HEADER = /^Cisco IOS[ -]XE Software, Version (\S{1,80})/i;

// Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE SOFTWARE (fc2)
const IOS_VERSION = /(?:IOS|Software)[^,]{0,80},.{0,160}?\bVersion (\S{1,80}?)(?:,|\s|$)/i;

// Cisco Adaptive Security Appliance Software Version 9.8(2)
const ANY_VERSION = /\bVersion\s(\S{1,80}?)(?:,|\s|$)/i;

// edge7 uptime is 1 year, 22 weeks, 6 days, 9 hours, 38 minutes
const UPTIME = /^(\S{1,255}) uptime is (.{1,120})$/;

// fw1 up 12 days 3 hours
const ASA_UPTIME = /^(\S{1,255}) up (\d.{1,120})$/;

// System image file is "flash0:c2900-universalk9-mz.SPA.152-4.M6.bin"
const IMAGE = /^System image file is "([^"]{1,400})"?/;

// Last reload reason: Reload Command
const LAST_REASON = /^Last reload (?:reason|type): ?(.{0,300})$/;

// System returned to ROM by power-on at 10:02:41 CDT Sat Mar 18 2017
const RETURNED = /^System returned to ROM by\s{1,4}(.{1,300})$/;

// Cisco CISCO2911/K9 (revision 1.0) with 487424K/36864K bytes of memory.     |     cisco WS-C6503-E (R7000) processor (revision 1.4) with
const MODEL =
  /^cisco (\S{1,60}) ?.{0,120}?(?:processor|revision|with) ?.{0,80}\bbytes of (?:physical )?memory/i;

// Cisco IOS Software, C2900 Software …     |     IOS (tm) C2600 Software …
const BANNER = /^(?:Cisco |IOS )/i;

// A line that names one of our facts but was not read as one.
const OUGHT_TO_READ = /\buptime is |^System image file|^System returned to ROM|^%/;

/** Reads `show version` of IOS 12.0 to IOS-XE 17; of any other system only the platform, the version text and the host name. */
export const showVersion: Parser<VersionFacts> = { command: 'show version', parse };

function parse(text: string): Parsed<VersionFacts> {
  const draft: Draft = {
    platform: null,
    version: null,
    hostname: null,
    uptime: null,
    image: null,
    model: null,
    reloadReason: null,
    xeHeader: null,
  };
  const scan = scanLines(text, (line) => {
    // Only the long first line is ever cut; anything else that is joined would swallow its neighbour.
    if (isJoined(line) && !BANNER.test(line.body)) return false;
    if (readVersion(draft, line) || readRest(draft, line.body, line.number)) return true;
    // The rest of the output (licences, memory, interfaces) says nothing here.
    return draft.platform !== null && !OUGHT_TO_READ.test(line.body);
  });
  const { xeHeader, ...facts } = draft;
  return parsedFrom({ ...facts, version: chooseVersion(xeHeader, facts.version) }, scan);
}

/** IOS-XE 3 prints its own number in a header and the IOS number below: the header is the release. From 16 on both say the same. */
function chooseVersion(
  header: VersionFacts['version'],
  ios: VersionFacts['version'],
): VersionFacts['version'] {
  if (header === null || ios === null) return header ?? ios;
  if (header.release === null) return ios;
  return header.release.major < 16 || ios.release === null ? header : ios;
}

function readVersion(draft: Draft, line: Line): boolean {
  const platform = platformOfLine(line.body);
  if (platform === null) return false;
  const header = XE_HEADER.exec(line.body);
  const isBoot = /^ROM:|^BOOTLDR:|Bootstrap/i.test(line.body);
  const named = refine(draft.platform, platform);
  const pattern = named === 'ios' || named === 'ios-xe' ? IOS_VERSION : ANY_VERSION;
  const found = header === null && !isBoot && draft.version === null ? pattern.exec(line.body) : null;
  // Version 15.2(      (cut in the middle of the number: read again with the next line)
  if (/\([^()]*$/.test(found?.[1] ?? header?.[1] ?? '')) return false;
  draft.platform = named;
  if (header) draft.xeHeader ??= versionFact(header[1] ?? '', line.number, line.last);
  if (found) draft.version = versionFact(found[1] ?? '', line.number, line.last);
  // The number of another system is text only: it must never be compared with an IOS release.
  if (draft.version && named !== 'ios' && named !== 'ios-xe')
    draft.version = { ...draft.version, release: null };
  return true;
}

function versionFact(text: string, first: number, last: number): NonNullable<VersionFacts['version']> {
  return { text, release: parseRelease(text), lines: { first, last } };
}

function readRest(draft: Draft, line: string, number: number): boolean {
  const fact: Fact = { lines: { first: number, last: number } };
  const up = UPTIME.exec(line) ?? (draft.platform === 'asa' ? ASA_UPTIME.exec(line) : null);
  if (up) return readUptime(draft, up[1] ?? '', up[2] ?? '', fact);
  const image = IMAGE.exec(line);
  if (image) {
    draft.image ??= image[1] ?? null;
    return true;
  }
  const reason = LAST_REASON.exec(line);
  if (reason) {
    draft.reloadReason = { text: (reason[1] ?? '').trim(), ...fact };
    return true;
  }
  const returned = RETURNED.exec(line);
  if (returned) {
    draft.reloadReason ??= { text: (returned[1] ?? '').trim(), ...fact };
    return true;
  }
  const model = draft.platform === null ? null : MODEL.exec(line);
  if (model) draft.model ??= model[1] ?? null;
  return model !== null;
}

function readUptime(draft: Draft, name: string, text: string, fact: Fact): boolean {
  const uptime = parseUptime(text);
  if (uptime === null) return false;
  draft.hostname ??= { name, ...fact };
  draft.uptime ??= { text: text.trim(), ...uptime, ...fact };
  return true;
}
