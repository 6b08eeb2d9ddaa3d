// The systems of which only a part can be read, and only where this computer itself is meant: appliances run Linux.
import * as z from 'zod'

/** In Node's words. */
export const partialPlatform = z.enum(['darwin', 'win32'])
export type PartialPlatform = z.infer<typeof partialPlatform>

export function isPartialPlatform(platform: string): platform is PartialPlatform {
  return partialPlatform.safeParse(platform).success
}

const names: { readonly [P in PartialPlatform]: string } = { darwin: 'macOS', win32: 'Windows' }

/** The name its maker gives it; of any other system Node's own word. */
export function systemName(platform: string): string {
  return isPartialPlatform(platform) ? names[platform] : platform
}
