// A recording in the place of an appliance: it answers the facts script as that appliance did, and nothing else. What
// would change, watch or use the appliance says that there is only a recording.
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Recording } from '../../shared/domain/recording.ts'
import { readScriptHead } from '../../shared/domain/script-head.ts'
import { replayedText } from '../../shared/facts/recording.ts'

export function replayConnection(recording: Recording): Connection {
  const only = (): Promise<Result<never>> => Promise.resolve(fail({ kind: 'replay-only' }))
  return {
    run: async (what, { as }) => {
      const head = 'text' in what ? readScriptHead(what.text) : undefined
      if (head?.block !== 'facts') return only()
      // As it was then: what root was refused, root is refused again.
      if (as === 'root' && recording.privilege === 'login')
        return fail({ kind: 'sudo-refused', user: '', reason: 'other', detail: 'recorded without root' })
      return ok({ exitCode: 0, stdout: replayedText(recording, head), stderr: '', truncated: false })
    },
    stream: only,
    put: only,
    engine: () => ({
      inspectContainers: only,
      inspectImages: only,
      listNetworks: only,
      containerLog: only,
      followLog: only,
    }),
    http: only,
    close: () => Promise.resolve(),
  }
}
