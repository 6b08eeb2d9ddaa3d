// The terminal of an appliance, in the states of its tab.
import { answers, type Script, streams, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { factsWith } from '../scripted-facts.ts'
import {
  floodOf,
  terminalBefore,
  terminalEnded,
  terminalHostile,
  terminalKept,
  terminalOpen,
  terminalRefused,
  terminalSequences,
  terminalUnlisted,
  terminalUnrecorded,
} from '../scripted-terminal.ts'

const name = 'Radiology-01'
const pressOpen = 'Open terminal|打开终端'

function scene(terminal: NonNullable<Script['terminal']>, ...presses: string[]): Scene {
  return {
    path: `/appliances/${name}?tab=terminal`,
    script: {
      window: about,
      appliances: {
        list: answers([applianceNamed(name, '10.78.0.11')]),
        detect: answers(factsWith([])),
        status: waits(),
      },
      setup: { runs: answers([]), lastRun: answers(null), prove: streams([], 'ends') },
      terminal,
    },
    presses,
  }
}

export const scenes: Scenes = {
  before: scene(terminalBefore),
  open: scene(terminalOpen, pressOpen),
  hostile: scene(terminalHostile, pressOpen),
  sequences: scene(terminalSequences, pressOpen),
  ended: scene(terminalEnded, pressOpen),
  'no-record': scene(terminalUnrecorded, pressOpen),
  refused: scene(terminalRefused, pressOpen),
  flood: scene(floodOf(2_000_000), pressOpen),
  torrent: scene(floodOf(50_000_000), pressOpen),
  recordings: scene(terminalKept),
  'recordings-failed': scene(terminalUnlisted),
  playback: scene(terminalKept, 'Show|查看'),
}
