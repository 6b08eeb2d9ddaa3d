// What happens when somebody closes a window or quits, and when a page breaks: decided over plain values. A run
// that this process carries out must not end by an accident.

/** On macOS a program without windows lives on in the dock, with its runs. */
export function closesFreely(system: NodeJS.Platform, otherWindows: number): boolean {
  return otherWindows > 0 || system === 'darwin'
}

/** What closing the last window does. `ends`: something would end with this process; `tray`: an icon there would be seen. */
export function decideClosing({ ends, tray }: { ends: boolean; tray: boolean }): 'quit' | 'hide' | 'minimize' {
  if (!ends) return 'quit'
  // Without a tray, a hidden window could not be found again.
  return tray ? 'hide' : 'minimize'
}

const reloadsAllowed = 3
const reloadSpanMilliseconds = 60_000

/** Whether a page that broke is loaded again by itself, or somebody is asked because it does nothing else. */
export function reloadsByItself(earlierBreaksMs: readonly number[], nowMs: number): boolean {
  return earlierBreaksMs.filter((at) => nowMs - at < reloadSpanMilliseconds).length < reloadsAllowed
}
