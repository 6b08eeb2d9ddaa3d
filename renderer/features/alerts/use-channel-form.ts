// A channel that is written and saved: what is typed as a secret is offered to the console first and leaves its field;
// the channel carries the id. Where the vault is in the way it is asked for, and nothing has to be typed again.
import { useState } from 'react'
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import { type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'
import { useAct } from '../../console/use-act.ts'
import type { VaultReason } from '../../console/vault-prompt.tsx'
import { type ChannelDraft, checkDraft, type DraftField, draftOf, newDraft, type SecretField } from './channel-draft.ts'

type Typed = { readonly [S in SecretField]?: string }

export type ChannelForm = {
  readonly draft: ChannelDraft
  readonly onDraft: (draft: ChannelDraft) => void
  readonly typed: Typed
  readonly onTyped: (field: SecretField, text: string) => void
  /** Fields that are not right, once somebody tried to save it. */
  readonly wrong: readonly DraftField[]
  readonly isTaken: boolean
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly vaultReason: VaultReason | undefined
  readonly save: () => void
  readonly forget: () => void
}

export type ChannelFormStart = {
  /** Undefined: a new one. */
  readonly channel: AlertChannel | undefined
  readonly taken: readonly string[]
  readonly onSaved: (id: string) => void
}

export function useChannelForm({ channel, taken, onSaved }: ChannelFormStart): ChannelForm {
  const language = useLanguage()
  const outdate = useOutdate()
  const act = useAct()
  const saveChannel = useSaveChannel()
  const [draft, setDraft] = useState(() => (channel === undefined ? newDraft(language) : draftOf(channel)))
  const [typed, setTyped] = useState<Typed>({})
  const [tried, setTried] = useState(false)
  const check = checkDraft(draft, typedFields(typed))
  const isTaken = channel === undefined && taken.includes(draft.id)
  const save = () => {
    setTried(true)
    if (!check.ok || isTaken) return
    const offered = (ids: ChannelDraft['secretIds']) => {
      setDraft((before) => ({ ...before, secretIds: { ...before.secretIds, ...ids } }))
      setTyped({})
    }
    act.begin(
      'alerts.setChannel',
      () => saveChannel({ draft, typed, offered }),
      () => {
        for (const call of ['alerts.settings', 'alerts.list', 'vault.state', 'vault.list']) outdate(call)
        onSaved(draft.id)
      },
    )
  }
  const { failure, busy, forget } = act
  const vaultReason = failure?.kind === 'vault-locked' || failure?.kind === 'vault-missing' ? failure.kind : undefined
  const onTyped = (field: SecretField, text: string) => setTyped((before) => ({ ...before, [field]: text }))
  const wrong = tried && !check.ok ? check.wrong : []
  return { draft, onDraft: setDraft, typed, onTyped, wrong, isTaken, busy, failure, vaultReason, save, forget }
}

function typedFields(typed: Typed): SecretField[] {
  return (Object.keys(typed) as SecretField[]).filter((field) => (typed[field] ?? '') !== '')
}

type Saving = {
  readonly draft: ChannelDraft
  readonly typed: Typed
  /** What was typed is known to the console under these ids from now on. */
  readonly offered: (ids: ChannelDraft['secretIds']) => void
}

function useSaveChannel(): (saving: Saving) => Promise<Result<AlertChannel>> {
  const { product, window } = useConsole()
  return async ({ draft, typed, offered }) => {
    const ids: { [S in SecretField]?: string } = {}
    for (const field of typedFields(typed)) {
      const one = await window.offerPassword({ password: typed[field] ?? '' })
      if (!one.ok) return one
      ids[field] = one.value.credentialId
    }
    offered(ids)
    const check = checkDraft({ ...draft, secretIds: { ...draft.secretIds, ...ids } }, [])
    if (!check.ok) throw new Error(`a checked channel is not right: ${check.wrong.join(', ')}`)
    const saved = await product.alerts.setChannel({ channel: check.channel })
    return saved.ok ? ok(saved.value) : saved
  }
}
