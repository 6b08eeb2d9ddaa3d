// The frame around screens: link states, no access, an address that leads nowhere.
import type { Scenes } from '../scene.ts'
import { about } from '../scripted.ts'

const script = { window: about }

export const scenes: Scenes = {
  lost: { path: '/settings', script, link: { state: 'lost', sinceMs: Date.now() - 42_000 } },
  refused: {
    path: '/appliances',
    script,
    link: { state: 'refused', failure: { kind: 'window-refused', reason: 'wrong-key' } },
  },
  nowhere: { path: '/nowhere', script },
}
