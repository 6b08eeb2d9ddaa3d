// Holds off this computer's sleep while a run needs it: what is being sent would break off.

export type Wakefulness = { need(needed: boolean): void }

export function keepAwake(hold: () => () => void): Wakefulness {
  let release: (() => void) | undefined
  return {
    need(needed) {
      if (needed) release ??= hold()
      else {
        release?.()
        release = undefined
      }
    },
  }
}
