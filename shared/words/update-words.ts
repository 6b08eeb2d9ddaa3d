// About updates of Rackside itself: the form of its sentences in every language.

export type UpdateWords = {
  readonly good: (version: string, installed: string, name: string, bytes: string) => string
  readonly vouchedUntil: (expires: string) => string
  readonly taken: (path: string) => string
  readonly install: (command: string) => string
  /** Whoever starts a package that is a program. */
  readonly start: (command: string) => string
}
