// What the CLI says about publishers.
export type PublisherWords = {
  readonly since: (time: string, by: string) => string
  readonly lines: (names: string) => string
  readonly alreadyTrusted: string
  readonly trusted: (name: string, id: string) => string
  readonly removed: (id: string) => string
  readonly ifCompared: (command: string) => string
  readonly typeId: (id: string) => string
  readonly clockBehind: (time: string) => string
  /** The developer switch is on. */
  readonly allowsUnsigned: string
  readonly expired: (publisher: string, until: string) => string
}
