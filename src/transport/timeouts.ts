/** How long each phase may take, in milliseconds, and how much one command may print. Each phase has its own clock. */
export interface Limits {
  /** Name look-up. */
  readonly nameMs: number;
  /** TCP connect, and a jump host's answer to the wish to go on to the next host. */
  readonly connectMs: number;
  /** From TCP connect to the router's SSH identification line. */
  readonly identificationMs: number;
  /** From the identification to the end of the key exchange; old routers compute for seconds. */
  readonly keyExchangeMs: number;
  /** From the key exchange to the router's answer to the credential; dead AAA servers take 13 s and more. */
  readonly authenticationMs: number;
  /** How long a login may wait for another router to prove the same credential; IOS drops a session that is not logged in after 120 s. */
  readonly gateMs: number;
  /** For the ssh-agent to list its keys, and for each signature of it. */
  readonly agentMs: number;
  readonly shellMs: number;
  readonly promptMs: number;
  readonly enableMs: number;
  /** Longest silence inside one command. A slow line is no fault: it goes on while bytes come. */
  readonly commandIdleMs: number;
  /** Longest time for one command, whatever comes. */
  readonly commandMs: number;
  /** Most bytes of one command. */
  readonly commandBytes: number;
  /** Most bytes of one session, all commands together. */
  readonly sessionBytes: number;
  /** How long `close` waits for the router to end the session. */
  readonly closeMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  nameMs: 10_000,
  connectMs: 10_000,
  identificationMs: 15_000,
  keyExchangeMs: 30_000,
  authenticationMs: 60_000,
  gateMs: 100_000,
  agentMs: 5_000,
  shellMs: 15_000,
  promptMs: 30_000,
  enableMs: 30_000,
  commandIdleMs: 30_000,
  commandMs: 900_000,
  commandBytes: 64 * 1024 * 1024,
  sessionBytes: 256 * 1024 * 1024,
  closeMs: 2_000,
};
