// What is said of watching an appliance, in every language.

/** Undefined: it could not be read. */
type Figure = string | undefined

export type WatchWords = {
  /** One line of what an appliance does now. */
  readonly host: (processor: Figure, memory: Figure) => string
  /** `busy`: of so many devices, the mean of those that say it. */
  readonly accelerators: (count: number, busy: Figure, memory: Figure, hottest: Figure) => string
  readonly lost: (time: string, why: string) => string
  /** Who watches while nobody has a page open. */
  readonly always: (time: string, computer: string) => string
  readonly whileOpen: (time: string) => string
  readonly nobody: string
  readonly appliance: {
    readonly up: (time: string) => string
    readonly waiting: string
  }
}
