import type { Parser } from './parsed.ts';
import { showClock } from './show-clock/parse.ts';
import { showCryptoCallAdmissionStatistics } from './show-crypto-call-admission-statistics/parse.ts';
import { showCryptoEli } from './show-crypto-eli/parse.ts';
import { showCryptoEngineAcceleratorStatistic } from './show-crypto-engine-accelerator-statistic/parse.ts';
import { showCryptoEngineConnectionsActive } from './show-crypto-engine-connections-active/parse.ts';
import { showCryptoGdoi } from './show-crypto-gdoi/parse.ts';
import { showCryptoIkev2Policy } from './show-crypto-ikev2-policy/parse.ts';
import { showCryptoIkev2Profile } from './show-crypto-ikev2-profile/parse.ts';
import { showCryptoIkev2Proposal } from './show-crypto-ikev2-proposal/parse.ts';
import { showCryptoIkev2Sa } from './show-crypto-ikev2-sa/parse.ts';
import { showCryptoIkev2Session } from './show-crypto-ikev2-session/parse.ts';
import { showCryptoIkev2Stats } from './show-crypto-ikev2-stats/parse.ts';
import { showCryptoIkev2StatsExchange } from './show-crypto-ikev2-stats-exchange/parse.ts';
import { showCryptoIpsecProfile } from './show-crypto-ipsec-profile/parse.ts';
import { showCryptoIpsecSa } from './show-crypto-ipsec-sa/parse.ts';
import { showCryptoIpsecTransformSet } from './show-crypto-ipsec-transform-set/parse.ts';
import { showCryptoIsakmpPeers } from './show-crypto-isakmp-peers/parse.ts';
import { showCryptoIsakmpPolicy } from './show-crypto-isakmp-policy/parse.ts';
import { showCryptoIsakmpProfile } from './show-crypto-isakmp-profile/parse.ts';
import { showCryptoIsakmpSa } from './show-crypto-isakmp-sa/parse.ts';
import { showCryptoMap } from './show-crypto-map/parse.ts';
import { showCryptoPkiCertificates } from './show-crypto-pki-certificates/parse.ts';
import { showCryptoPkiCounters } from './show-crypto-pki-counters/parse.ts';
import { showCryptoPkiCrls } from './show-crypto-pki-crls/parse.ts';
import { showCryptoPkiTrustpointsStatus } from './show-crypto-pki-trustpoints-status/parse.ts';
import { showCryptoSession } from './show-crypto-session/parse.ts';
import { showDmvpn } from './show-dmvpn/parse.ts';
import { showInterfaces } from './show-interfaces/parse.ts';
import { showIpAccessLists } from './show-ip-access-lists/parse.ts';
import { showIpCef } from './show-ip-cef/parse.ts';
import { showIpInterfaceBrief } from './show-ip-interface-brief/parse.ts';
import { showIpNatTranslations } from './show-ip-nat-translations/parse.ts';
import { showIpNhrp } from './show-ip-nhrp/parse.ts';
import { showIpNhrpMulticast } from './show-ip-nhrp-multicast/parse.ts';
import { showIpNhrpNhs } from './show-ip-nhrp-nhs/parse.ts';
import { showIpRoute } from './show-ip-route/parse.ts';
import { showIpTraffic } from './show-ip-traffic/parse.ts';
import { showLogging } from './show-logging/parse.ts';
import { showNtpStatus } from './show-ntp-status/parse.ts';
import { showPlatformCermInformation } from './show-platform-cerm-information/parse.ts';
import { showPlatformHardwareQfpActiveFeatureIpsecDatapathDrops } from './show-platform-hardware-qfp-active-feature-ipsec-datapath-drops/parse.ts';
import { showPlatformHardwareQfpActiveStatisticsDrop } from './show-platform-hardware-qfp-active-statistics-drop/parse.ts';
import { showPlatformHardwareThroughput } from './show-platform-hardware-throughput/parse.ts';
import { showPolicyMapInterface } from './show-policy-map-interface/parse.ts';
import { showProcessesCpu } from './show-processes-cpu/parse.ts';
import { showRedundancy } from './show-redundancy/parse.ts';
import { showRunningConfig } from './show-running-config/parse.ts';
import { showTechSupport } from './show-tech-support/parse.ts';
import { showVersion } from './show-version/parse.ts';

/** Every parser, by hand: one import and one line for each folder (a test compares the list with the folders). */
export const PARSERS: readonly Parser<unknown>[] = [
  showClock,
  showCryptoCallAdmissionStatistics,
  showCryptoEli,
  showCryptoEngineAcceleratorStatistic,
  showCryptoEngineConnectionsActive,
  showCryptoGdoi,
  showCryptoIkev2Policy,
  showCryptoIkev2Profile,
  showCryptoIkev2Proposal,
  showCryptoIkev2Sa,
  showCryptoIkev2Session,
  showCryptoIkev2Stats,
  showCryptoIkev2StatsExchange,
  showCryptoIpsecProfile,
  showCryptoIpsecSa,
  showCryptoIpsecTransformSet,
  showCryptoIsakmpPeers,
  showCryptoIsakmpPolicy,
  showCryptoIsakmpProfile,
  showCryptoIsakmpSa,
  showCryptoMap,
  showCryptoPkiCertificates,
  showCryptoPkiCounters,
  showCryptoPkiCrls,
  showCryptoPkiTrustpointsStatus,
  showCryptoSession,
  showDmvpn,
  showInterfaces,
  showIpAccessLists,
  showIpCef,
  showIpInterfaceBrief,
  showIpNatTranslations,
  showIpNhrp,
  showIpNhrpMulticast,
  showIpNhrpNhs,
  showIpRoute,
  showIpTraffic,
  showLogging,
  showNtpStatus,
  showPlatformCermInformation,
  showPlatformHardwareQfpActiveFeatureIpsecDatapathDrops,
  showPlatformHardwareQfpActiveStatisticsDrop,
  showPlatformHardwareThroughput,
  showPolicyMapInterface,
  showProcessesCpu,
  showRedundancy,
  showRunningConfig,
  showTechSupport((command) => parserFor(command)?.command ?? null),
  showVersion,
];

const BY_COMMAND = new Map(PARSERS.map((parser) => [parser.command, parser]));

/** Words behind a command that ask for another form of the same table, or for one of its parts. */
const FORMS = / (?:detail(?:ed)?|verbose|sorted|states|crypto|level|gm|ks(?: members)?)$/;

/**
 * The parser of a command as `identifyCommand` names it. The forms `detail`, `verbose`, `sorted` … are read by the parser of the plain
 * command. Null when no parser reads it.
 */
export function parserFor(name: string): Parser<unknown> | null {
  return BY_COMMAND.get(name) ?? BY_COMMAND.get(name.replace(FORMS, '')) ?? null;
}
