// English: watching an appliance.
import type { WatchWords } from '../watch-words.ts'

const dash = '—'

export const watch: WatchWords = {
  host: (processor, memory) => `processors ${processor ?? dash}, memory ${memory ?? dash}`,
  accelerators: (count, busy, memory, hottest) =>
    `${count} accelerator${count === 1 ? '' : 's'}: ${busy ?? dash} busy, ${memory ?? dash} of their memory, ${hottest ?? dash} at most`,
  lost: (time, why) => `nothing since ${time}: ${why}`,
  always: (time, computer) => `Watched since ${time} by ${computer}, whether a page is open or not.`,
  whileOpen: (time) =>
    `Watched since ${time}, as long as this console is open. "rackside serve" watches always, also with nobody here.`,
  nobody: 'Nobody watches while no window is open. "rackside serve" watches always, as a service.',
  appliance: { up: (time) => `watched since ${time}`, waiting: 'is being reached' },
}
