// The key of whoever is signed in at this page: sent with every call. Kept for this tab alone, so that a page that is
// loaded anew is still the same person's; it ends on the side of the console, and is worth nothing then.
const kept = 'rackside.session'

let current: string | undefined
let wasRead = false

export function ownSession(): string | undefined {
  if (!wasRead) {
    wasRead = true
    current = storage()?.getItem(kept) ?? undefined
  }
  return current
}

export function keepOwnSession(key: string | undefined): void {
  wasRead = true
  current = key
  if (key === undefined) storage()?.removeItem(kept)
  else storage()?.setItem(kept, key)
}

/** A browser may have none for this page. */
function storage(): Storage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    return undefined
  }
}
