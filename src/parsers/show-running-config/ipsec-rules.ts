import { addressAsPrinted, looksLikeAddress, numberOf } from '../lines.ts';
import { anywhere, type BlockRule, inARow, once } from './config-block.ts';
import type { CryptoMapBlock, IpsecProfileBlock, IpsecSettings, TransformSetBlock } from './ipsec-facts.ts';

export const TRANSFORM_SET_RULES: readonly BlockRule<TransformSetBlock>[] = [
  // mode transport   |   mode transport require
  once('mode', /^mode (tunnel|transport)(?: require)?$/i, (match) => ({
    mode: match[1]?.toLowerCase() ?? null,
  })),
];

export const IPSEC_PROFILE_RULES: readonly BlockRule<IpsecProfileBlock>[] = [
  ...settingRules<IpsecProfileBlock>(),
  // responder-only
  once('responder', /^responder-only$/i, () => ({ responderOnly: true })),
  once('description', /^description .{0,240}$/i, () => ({})),
];

export const MAP_RULES: readonly BlockRule<CryptoMapBlock>[] = [
  // description to HQ
  once('description', /^description (.{0,240})$/i, (match) => ({ description: match[1] ?? null })),
  // set peer 192.0.2.7   |   set peer 192.0.2.7 default   |   set peer hq.example.com dynamic
  inARow('set', /^set peer (\S{1,253})((?: (?:dynamic|default)){0,2})$/i, (map, match) => {
    const peer = match[1] ?? '';
    map.peers.push({
      peer: looksLikeAddress(peer) ? addressAsPrinted(peer) : peer,
      dynamic: /dynamic/i.test(match[2] ?? ''),
      isDefault: /default/i.test(match[2] ?? ''),
    });
  }),
  // match address VPN-TRAFFIC
  once('match', /^match address (?:ipv6 )?(\S{1,128})$/i, (match) => ({ acl: match[1] ?? null })),
  // set group GETVPN
  once('set', /^set group (\S{1,64})$/i, (match) => ({ gdoiGroup: match[1] ?? null })),
  ...settingRules<CryptoMapBlock>(),
];

/** What profiles and map entries share. */
function settingRules<R extends IpsecSettings>(): BlockRule<R>[] {
  const field = (word: string, pattern: RegExp, fields: (match: RegExpExecArray) => Partial<IpsecSettings>) =>
    once<R>(word, pattern, (match) => fields(match) as Partial<R>);
  return [
    // set transform-set AES256 AES128
    field('set', /^set transform-set (\S.{0,400})$/i, (match) => ({
      transformSets: (match[1] ?? '').split(' '),
    })),
    // set pfs group14   |   set pfs   (group1 by default)
    field('set', /^set pfs(?: (group\d{1,3}))?$/i, (match) => ({
      pfs: true,
      dhGroup: match[1] ?? null,
    })),
    // set isakmp-profile BRANCHES
    field('set', /^set isakmp-profile (\S{1,64})$/i, (match) => ({ isakmpProfile: match[1] ?? null })),
    // set ikev2-profile BRANCHES
    field('set', /^set ikev2-profile (\S{1,64})$/i, (match) => ({ ikev2Profile: match[1] ?? null })),
    // set security-association lifetime seconds 3600
    field('set', /^set security-association lifetime seconds (\d{1,9})$/i, (match) => ({
      lifetimeSec: numberOf(match[1]),
    })),
    // set security-association lifetime kilobytes 4608000   |   … kilobytes disable
    field('set', /^set security-association lifetime kilobytes (\d{1,12}|disable)$/i, (match) => ({
      lifetimeKb: match[1]?.toLowerCase() === 'disable' ? 'disable' : numberOf(match[1]),
    })),
    // set security-association idle-time 600   |   … idle-time 600 default
    field('set', /^set security-association idle-time (\d{1,9})(?: default)?$/i, (match) => ({
      idleSec: numberOf(match[1]),
    })),
    // set security-association replay window-size 1024   |   set security-association replay disable
    field('set', /^set security-association replay (?:window-size (\d{1,6})|disable)$/i, (match) => ({
      replayWindow: match[1] === undefined ? 'disable' : numberOf(match[1]),
    })),
    // reverse-route   |   reverse-route static
    field('reverse', /^reverse-route(?: (\S.{0,80}))?$/i, (match) => ({ reverseRoute: match[1] ?? 'plain' })),
    // set reverse-route distance 10   |   set nat demux   |   set ip access-group FILTER in   |   set identity CERT
    anywhere<R>(
      'set',
      /^set ((?:reverse-route|nat|ip|identity|security-association|security-policy|mixed-mode|df-bit|qos) ?.{0,200})$/i,
      (record, match) => {
        (record.otherSettings as string[]).push(match[1] ?? '');
      },
    ),
  ];
}
