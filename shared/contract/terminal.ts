// A person's own shell on an appliance, over the connection that everything else uses, and the recordings of what such
// shells showed. It is the login's shell with the login's rights: outside every plan.
import * as z from 'zod'
import {
  listedRecording,
  mostKeys,
  recordingId,
  recordingPiece,
  terminalEvent,
  terminalId,
  terminalSize,
} from '../domain/terminal.ts'
import { call, streamCall } from './call.ts'

/** They carry on what `open` began: its lines stand in the audit, and keys are never in one. */
const withinOpen = { effect: 'change', right: 'operate', audit: 'none', within: 'terminal-open' } as const

/** `target`: an appliance as the contract's calls name one. */
export function terminalCalls<T extends z.ZodType>(target: T) {
  return {
    /**
     * Its first item has the id that typing takes; whoever stops reading it has closed it. A reader that is slow holds the
     * appliance back. A line with appliance and machine id stands in the audit before the shell is there, and one behind it.
     */
    open: streamCall(
      { effect: 'change', right: 'operate', audit: 'terminal-open' },
      'log',
      z.strictObject({ target, size: terminalSize }),
      terminalEvent,
    ),
    /** Answers when the appliance has taken it. */
    type: call(withinOpen, z.strictObject({ terminalId, keys: z.string().min(1).max(mostKeys) }), z.strictObject({})),
    resize: call(withinOpen, z.strictObject({ terminalId, size: terminalSize }), z.strictObject({})),
    /** What it showed last still comes; one that has ended does not mind. */
    close: call(withinOpen, z.strictObject({ terminalId }), z.strictObject({})),
    /** Newest first. */
    recordings: call(
      { effect: 'read', right: ['operate', 'audit'], audit: 'none' },
      z.strictObject({}),
      z.array(listedRecording),
    ),
    /** Null where none of that id is kept. `from`: 0, or the `next` of the piece before. */
    recording: call(
      { effect: 'read', right: ['operate', 'audit'], audit: 'none' },
      z.strictObject({ recordingId, from: z.int().nonnegative() }),
      recordingPiece.nullable(),
    ),
  }
}
