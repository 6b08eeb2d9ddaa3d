// The one word between `rackside start` and the desktop shell that it starts as its child: that something is on the
// screen. Without it the launcher takes the shell for one that never shows a window, and ends it after a while.

const windowOpen = { rackside: 'window-open' } as const

/**
 * For the desktop shell, when its window is there, or when another process of this user has shown its own instead.
 * Without a launcher, or when that is gone, nobody is told.
 */
export function tellWindowOpen(): void {
  process.send?.(windowOpen, undefined, undefined, () => undefined)
}

export function isWindowOpen(news: unknown): boolean {
  return typeof news === 'object' && news !== null && 'rackside' in news && news.rackside === windowOpen.rackside
}
