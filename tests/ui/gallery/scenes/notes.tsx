// What happened while one looked elsewhere: nothing, several of each kind, a burst as one line and opened, and no answer.
import type { Notification } from '../../../../shared/domain/notification.ts'
import { answers, fails, type Script } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about } from '../scripted.ts'
import { burstOfNotes, severalNotes } from '../scripted-notes.ts'

const nowMs = new Date().setHours(16, 20, 0, 0)

function scene(bell: string, notifications: Script['notifications'], ...presses: readonly string[]): Scene {
  return {
    path: '/settings',
    script: { window: about, ...(notifications !== undefined && { notifications }) },
    presses: [bell, ...presses],
  }
}

const list = (notes: Notification[]) => ({ list: answers(notes) })
const unread = (count: number) => `${count} notifications not read|${count} 条动态未读`
const nothing = 'Notifications: all read|动态：全部已读'

export const scenes: Scenes = {
  none: scene(nothing, list([])),
  several: scene(unread(11), list(severalNotes(nowMs))),
  read: scene(unread(11), list(severalNotes(nowMs, 'read')), 'Mark all read|全部标为已读'),
  burst: scene(unread(8), list(burstOfNotes(nowMs))),
  'burst-opened': scene(unread(8), list(burstOfNotes(nowMs)), 'Show them|展开'),
  failed: scene('Notifications: not known|动态：暂不知道', { list: fails({ kind: 'console-lost' }) }),
}
