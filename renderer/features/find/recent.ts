// What was chosen lately, in this browser only: the ids of a few things, the newest first. What is not there any more is
// not shown, and nothing but ids is kept.
const place = 'rackside.findRecent'
const kept = 8

export function recentIds(): readonly string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string').slice(0, kept) : []
  } catch {
    // Somebody else wrote there, or the browser refuses storage.
    return []
  }
}

export function rememberRecent(id: string): void {
  try {
    const ids = [id, ...recentIds().filter((one) => one !== id)].slice(0, kept)
    localStorage.setItem(place, JSON.stringify(ids))
  } catch {
    return
  }
}
