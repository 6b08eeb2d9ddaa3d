// Whether this computer may end in the middle of a large upload.

/** Below this a laptop may sleep before a large upload is through. */
const weakBatteryPercent = 30

/** The battery's charge in percent, where this computer runs on one that is weak. */
export async function weakBattery(): Promise<number | undefined> {
  // Loaded here only: it is a large package, and most calls never need it.
  const { battery } = await import('systeminformation')
  try {
    const { hasBattery, acConnected, percent } = await battery()
    return hasBattery && !acConnected && percent < weakBatteryPercent ? percent : undefined
  } catch {
    // No answer about the battery is no reason to warn.
    return undefined
  }
}
