// The alerts of a core, put together: documents of its state folder, its vault, and the ways out.
import { emptyOutbox, openOutbox, outboxState } from '../../alerts/outbox.ts'
import { nothingTold, type ToldLog, toldLog, toldState } from '../../alerts/told-log.ts'
import { alertDocumentsIn } from '../../store/alerts.ts'
import { documentIn } from '../../store/folder.ts'
import type { State } from '../../store/state.ts'
import type { Vault } from '../../vault/vault.ts'
import type { CoreTools } from '../core-tools.ts'
import type { Demos } from '../demo/demos.ts'
import { type AlertKeeper, alertKeeper } from './alert-keeper.ts'
import { type ChannelSecrets, channelSecrets } from './channel-secrets.ts'
import { sendOn } from './send.ts'
import { wordMessage } from './wording.ts'

export type CoreAlerts = {
  readonly keeper: AlertKeeper
  readonly secrets: ChannelSecrets
  readonly told: ToldLog
  /** Aborts when the console ends. */
  readonly closing: AbortSignal
  /** Lets go of what is being sent: it is sent by the next console. */
  close(): void
}

type Parts = { readonly state: State; readonly vault: Vault; readonly demos: Demos; readonly tools: CoreTools }

export function openAlerts({ state, vault, demos, tools }: Parts): CoreAlerts {
  const secrets = channelSecrets(vault)
  const end = new AbortController()
  const nowMs = () => Date.parse(tools.now())
  const told = toldLog(documentIn(state.folder, 'alert-told.json', toldState, nothingTold))
  const outbox = openOutbox({
    document: documentIn(state.folder, 'alert-outbox.json', outboxState, emptyOutbox),
    nowMs,
    send: async (id, out) => {
      const settings = keeper.settings()
      const channel = settings.ok ? settings.value.channels.find((one) => one.id === id) : undefined
      if (channel === undefined) return { ok: false, problem: 'refused', detail: 'no such channel' }
      const sent = await sendOn(channel, out, { ...tools, secrets, notify: keeper.notifier, closing: end.signal })
      // As for the outbox: what was under way when the console ended was not tried.
      if (!end.signal.aborted) told.tried(id, out.id, { ...sent, atMs: nowMs() })
      return sent
    },
  })
  const naming = { state, isDemo: demos.isDemo }
  const keeper = alertKeeper({
    ...{ now: tools.now, randomId: tools.randomId, outbox, told },
    documents: alertDocumentsIn(state.folder),
    word: (message) => wordMessage(naming, message, nowMs()),
  })
  return {
    keeper,
    secrets,
    told,
    closing: end.signal,
    close() {
      outbox.close()
      end.abort()
      keeper.close()
    },
  }
}
