// What is said to whoever delivers apps.
export type VendorWords = {
  readonly made: (folder: string, publisher: string) => string
  readonly nextSteps: readonly string[]
  readonly fingerprint: (fingerprint: string) => string
  readonly packed: (folder: string, artifacts: number, bytes: string) => string
  readonly signed: (line: string, version: number, until: string) => string
  readonly keysChanged: string
  /** Of the publisher's projects, as far as something of them was ever signed. */
  readonly signAnew: (lines: readonly string[]) => string
  readonly fingerprintStays: (fingerprint: string) => string
  readonly runs: (services: string) => string
  readonly doesNot: string
  readonly trialSum: (fits: number, all: number) => string
  readonly whole: (line: string, version: number, bytes: string) => string
  readonly by: (name: string, id: string) => string
  readonly until: (time: string) => string
  readonly lastSigned: (line: string, version: number) => string
  readonly typePassphrase: string
  readonly typeNewPassphrase: string
}
