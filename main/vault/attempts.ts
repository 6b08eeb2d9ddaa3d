// Wrong passphrases slow down: after five in a row, and after each further one, nobody is heard for a while.
const freeFailures = 5
const waitMilliseconds = 30_000

export type Attempts = {
  /** Whole seconds until the next attempt is heard; 0 when it is heard now. */
  waitSeconds(): number
  failed(): void
  succeeded(): void
}

/** `clock`: milliseconds of a clock that only runs forward. */
export function attemptsBy(clock: () => number): Attempts {
  let failures = 0
  let heardFrom = 0
  return {
    waitSeconds: () => (failures < freeFailures ? 0 : Math.max(0, Math.ceil((heardFrom - clock()) / 1000))),
    failed() {
      failures += 1
      heardFrom = clock() + waitMilliseconds
    },
    succeeded() {
      failures = 0
    },
  }
}
