// Where one goes from a notification: the page that has the rest of it. What has no page of its own any more leads to the
// list that it was in.
import type { Notification } from '../../../shared/domain/notification.ts'

export type NoteTarget =
  | { readonly to: 'alerts'; readonly tab: 'now' | 'past' | 'channels'; readonly of?: string }
  | { readonly to: 'run'; readonly name: string; readonly planId: string }
  | { readonly to: 'runs' }
  | { readonly to: 'appliance'; readonly name: string; readonly tab: 'history' | 'acceptance' | 'overview' }
  | { readonly to: 'bundles' }
  | { readonly to: 'publishers' }

/** `openedAt`: of this console; an earlier run is known to the journal of its appliance only. */
export function targetOf({ about }: Notification, openedAt: string | undefined): NoteTarget {
  switch (about.kind) {
    case 'alert':
    case 'alert-over': {
      const { name, saved } = about.place
      return { to: 'alerts', tab: about.kind === 'alert' ? 'now' : 'past', ...(saved && { of: name }) }
    }
    case 'run':
    case 'run-waits': {
      const { name, saved } = about.place
      if (!saved) return { to: 'runs' }
      const { planId } = about.kind === 'run' ? about.run : about
      const isOlder = about.kind === 'run' && openedAt !== undefined && about.run.startedAt < openedAt
      return isOlder ? { to: 'appliance', name, tab: 'history' } : { to: 'run', name, planId }
    }
    case 'acceptance':
    case 'canary': {
      const { name, saved } = about.place
      if (!saved) return { to: 'runs' }
      return { to: 'appliance', name, tab: about.kind === 'acceptance' ? 'acceptance' : 'overview' }
    }
    case 'new-version':
      return { to: 'bundles' }
    case 'taken-back':
      return { to: 'publishers' }
    case 'channel':
      return { to: 'alerts', tab: 'channels' }
  }
}
