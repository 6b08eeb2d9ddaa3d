// For a stream whose items are made by somebody else: its reader sleeps until one is there.

/** Waits for the next ring; one that came before anybody waited counts. */
export function bellOf(): { ring(): void; rung(): Promise<void> } {
  let rang = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rang = true
      wake?.()
    },
    async rung() {
      if (!rang) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      rang = false
      wake = undefined
    },
  }
}
