/** A configuration command whose last part is a secret. `before` matches from the start of the command up to the secret. */
export interface SecretLine {
  /** A line of this form; the test reads every one of them. */
  readonly sample: string;
  readonly before: RegExp;
  /** `rest`: the secret runs to the end of the line (IOS takes inner blanks). `word`: one word, or one quoted text. */
  readonly secret: 'rest' | 'word';
}

/**
 * Every pattern is anchored and reads forward only; the words may be abbreviated as people type them at a prompt.
 * The digit of the encryption type (`0`, `5`, `6`, `7`, `8`, `9`) is skipped by the caller and stays readable.
 */
export const SECRET_LINES: readonly SecretLine[] = [
  {
    sample: 'enable secret level 5 5 $1$abcd$Canary',
    before: /^en(?:a(?:b(?:le?)?)?)? (?:algorithm-type \S+ )?(?:sec|pas)[a-z]* (?:level \d+ )?/i,
    secret: 'rest',
  },
  {
    sample: 'username admin privilege 15 secret 9 $9$Canary',
    before:
      /^user(?:name)? \S+ (?:[^\n]*? )??(?:(?:masked-|common-criteria-policy \S+ )?sec[a-z]*|(?:one-time )?pas[a-z]*) /i,
    secret: 'rest',
  },
  {
    sample: 'crypto isakmp key 6 Canary address 192.0.2.7 no-xauth',
    before: /^cr[a-z]* isa[a-z]* key /i,
    secret: 'word',
  },
  {
    sample: 'pre-shared-key address 198.51.100.7 255.255.255.255 key 6 Canary',
    before: /^pre-s[a-z-]* addr[a-z]* (?:ipv6 )?\S+ (?:\S+ )?key (?:hex )?/i,
    secret: 'rest',
  },
  {
    sample: 'pre-shared-key hostname r2 key Canary',
    before: /^pre-s[a-z-]* host[a-z]* \S+ key /i,
    secret: 'rest',
  },
  {
    sample: 'pre-shared-key local 0 Canary',
    before: /^pre-s(?:h|ha|har|hare|hared-k[a-z]*)? (?:(?:local|remote) )?(?:hex )?/i,
    secret: 'rest',
  },
  {
    sample: 'authentication remote pre-share key 6 Canary',
    before: /^auth[a-z]* (?:local |remote )?pre-share[a-z]* key (?:hex )?/i,
    secret: 'rest',
  },
  { sample: 'ip nhrp authentication Canary', before: /^(?:ip|ipv6) nhrp auth[a-z]* /i, secret: 'rest' },
  { sample: 'nhrp authentication Canary', before: /^nhrp authentication (?!fail|err|ext)/, secret: 'rest' },
  { sample: 'tunnel key 4711', before: /^tun[a-z]* key /i, secret: 'rest' },
  { sample: 'snmp-server community Canary RO 10', before: /^snmp-s[a-z]* com[a-z]* /i, secret: 'word' },
  {
    sample: 'snmp-server host 192.0.2.5 vrf M informs version 2c Canary tunnels',
    before:
      /^snmp-s[a-z]* host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c|3 (?:auth|noauth|priv)) )?/i,
    secret: 'word',
  },
  {
    sample: 'snmp mib community-map Canary engineid 80',
    before: /^snmp(?:-server)? mib community-map /i,
    secret: 'word',
  },
  {
    sample: 'radius-server host 192.0.2.9 auth-port 1812 key 7 Canary',
    before: /^(?:radius|tacacs)-s[a-z]* (?:[^\n]*? )??key /i,
    secret: 'rest',
  },
  {
    sample: 'server-private 192.0.2.9 timeout 5 key 7 Canary',
    before: /^server(?:-private)? \S+ (?:[^\n]*? )??key /i,
    secret: 'rest',
  },
  {
    sample: 'client 192.0.2.9 vrf M server-key 7 Canary',
    before: /^client \S+ (?:[^\n]*? )??server-key /i,
    secret: 'rest',
  },
  { sample: 'server-key 7 Canary', before: /^server-key /i, secret: 'rest' },
  { sample: 'pac key 7 Canary', before: /^pac key /i, secret: 'rest' },
  { sample: 'key-string 7 Canary', before: /^key-str[a-z]* /i, secret: 'rest' },
  { sample: 'key config-key password-encrypt Canary', before: /^key config-key \S+ /i, secret: 'rest' },
  { sample: 'key config-key 1 Canary', before: /^key config-key 1 /i, secret: 'rest' },
  { sample: 'ppp chap password 7 Canary', before: /^ppp (?:chap|eap|ms-chap) pas[a-z]* /i, secret: 'rest' },
  {
    sample: 'ppp pap sent-username u password 7 Canary',
    before: /^ppp pap sent-u[a-z]* \S+ pas[a-z]* /i,
    secret: 'rest',
  },
  { sample: 'neighbor 192.0.2.2 password 7 Canary', before: /^nei[a-z]* \S+ pas[a-z]* /i, secret: 'rest' },
  {
    sample: 'mpls ldp neighbor 192.0.2.2 password 7 Canary',
    before: /^mpls ldp (?:[^\n]*? )??password (?!required|rollover|fallback)/i,
    secret: 'rest',
  },
  {
    sample: 'ip ospf message-digest-key 1 md5 7 Canary',
    before: /^(?:ip ospf|ospf|area \S+) (?:[^\n]*? )??message-digest-key \d+ md5 /i,
    secret: 'rest',
  },
  {
    sample: 'ip ospf authentication-key 7 Canary',
    before: /^(?:ip ospf|area \S+) (?:[^\n]*? )??authentication-key /i,
    secret: 'rest',
  },
  {
    sample: 'ipv6 ospf encryption ipsec spi 1001 esp aes-cbc 128 Canary sha1 Canary2',
    before: /^(?:ipv6 ospf|ospfv3|area) (?:[^\n]*? )??(?:authentication|encryption) ipsec spi \d+ /i,
    secret: 'rest',
  },
  { sample: 'area-password Canary', before: /^(?:area|domain)-password /i, secret: 'rest' },
  { sample: 'isis password Canary level-2', before: /^isis password /i, secret: 'rest' },
  {
    sample: 'authentication mode hmac-sha-256 7 Canary',
    before: /^authentication mode hmac-sha-256 /i,
    secret: 'rest',
  },
  {
    sample: 'standby 1 authentication md5 key-string 7 Canary timeout 30',
    before: /^(?:standby|vrrp|glbp) (?:\d+ )?auth[a-z]* (?!md5 key-chain)(?:md5 key-string |text )?/i,
    secret: 'rest',
  },
  { sample: 'authentication text Canary', before: /^authentication text /i, secret: 'rest' },
  {
    sample: 'authentication md5 key-string Canary',
    before: /^authentication md5 key-string /i,
    secret: 'rest',
  },
  { sample: 'wpa-psk ascii 0 Canary', before: /^wpa-psk (?:ascii|hex) /i, secret: 'rest' },
  {
    sample: 'security wpa akm psk set-key ascii 0 Canary',
    before: /^(?:[^\n]*? )??psk set-key (?:ascii|hex) /i,
    secret: 'rest',
  },
  {
    sample: 'encryption key 1 size 128bit 7 Canary',
    before: /^encryption (?:[^\n]*? )??key \d (?:size )?\S+ /i,
    secret: 'rest',
  },
  {
    sample: 'set session-key inbound esp 256 cipher Canary',
    before: /^set session-key (?:in|out)[a-z]* (?:esp|ah) \d+ /i,
    secret: 'rest',
  },
  { sample: 'group REMOTE key Canary', before: /^group \S+ key /i, secret: 'rest' },
  {
    sample: 'crypto pki import TP pkcs12 flash:tp.p12 password Canary',
    before: /^cr[a-z]* (?:pki|ca|key) (?:[^\n]*? )??(?:password|passphrase) /i,
    secret: 'rest',
  },
  {
    sample: 'crypto pki export TP pem terminal 3des Canary',
    before:
      /^cr[a-z]* (?:pki|ca|key) (?:import|export) (?:[^\n]*? )??(?:terminal|url \S+) (?:3des|des|aes) /i,
    secret: 'rest',
  },
  {
    sample: 'crypto pki token default user-pin 0 Canary',
    before: /^cr[a-z]* (?:pki|ca) token \S+ user-pin /i,
    secret: 'rest',
  },
  {
    sample: 'ntp authentication-key 1 md5 Canary 7',
    before: /^ntp auth[a-z]*-key \d+ \S+ /i,
    secret: 'rest',
  },
  { sample: 'vtp password Canary', before: /^vtp pas[a-z]* /i, secret: 'rest' },
  {
    sample: 'aaa authorization group psk list L password 7 Canary',
    before:
      /^(?:aaa|ip|cts|cns|l2tp|vpdn|dot1x|sip-ua|credentials|authenticate|authentication username|subscriber|dialer|match|action) (?:[^\n]*? )??password (?!restriction|required|recovery)/i,
    secret: 'rest',
  },
  { sample: 'aaa pod server server-key Canary', before: /^aaa (?:[^\n]*? )??server-key /i, secret: 'rest' },
  {
    sample: 'event manager environment _vpn_password Canary',
    before: /^event manager environment (?=\S*?(?:pass|pw|secret|key|psk))\S+ /i,
    secret: 'rest',
  },
  {
    sample: 'tunnel-group 192.0.2.1 ikev1 pre-shared-key Canary',
    before: /^(?:tunnel-group \S+ )?ikev[12] (?:(?:local|remote)-authentication )?pre-shared-key /i,
    secret: 'rest',
  },
];
