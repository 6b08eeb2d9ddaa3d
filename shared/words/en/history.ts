// English: the history of measurements.
import { bytesText } from '../amounts.ts'
import type { HistoryWords } from '../history-words.ts'

export const history: HistoryWords = {
  nothing:
    'Nothing was measured of it here yet: while a window is open, or "rackside serve" runs, its values are kept.',
  size: (bytes, limit) =>
    `The history of all appliances takes ${bytesText(bytes)} on this computer, ${bytesText(limit)} at most.`,
  trouble(trouble) {
    if (trouble.kind === 'newer-format') {
      return `A newer version of Rackside wrote the history (format ${trouble.found}): it is read, and nothing is added. Update Rackside.`
    }
    if (trouble.kind === 'set-aside') {
      return `The history was damaged. It lies aside as ${trouble.file} in the state folder, and a new one was begun.`
    }
    return `What is measured is not stored now: ${trouble.detail}. Make room on the disk of this computer; it is tried again by itself.`
  },
}
