// What a person is choosing as a login: a key of this computer, one of its SSH agent, another key, or a password.
// Secrets live here until they are handed over, and nowhere after.
import { useState } from 'react'
import type { Credential } from '../../../shared/contract/window.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'

/** A password is used once: from then on Rackside logs in with a key of its own. */
export type UseOnce = { readonly keepForSudo: boolean }

/** `keep`: it is to be kept in the vault once it has worked. */
export type HandedLogin = {
  readonly credential: Credential
  readonly keep: boolean
  readonly useOnce?: UseOnce | undefined
}

/** Hands the login over; what comes back is its name. */
export type GiveLogin = () => Promise<Result<HandedLogin>>

export type AgentKey = { readonly credentialId: string; readonly fingerprint: string; readonly label: string }

export type LoginWay = 'file' | 'agent' | 'key' | 'password'

const callOf = {
  file: 'window.keyFiles',
  agent: 'window.takeAgentKey',
  key: 'window.offerKey',
  password: 'window.offerPassword',
} as const

const nothingGiven = {
  agentKey: undefined,
  secret: '',
  passphrase: '',
  keep: false,
  useOnce: undefined,
  file: undefined,
} as const

type Given = {
  readonly secret: string
  /** Of a key that was pasted. */
  readonly passphrase: string
  readonly keep: boolean
  readonly useOnce: UseOnce | undefined
  readonly file: Credential | undefined
  readonly agentKey: AgentKey | undefined
}

export type LoginFields = Given & {
  readonly way: LoginWay
  readonly ways: readonly LoginWay[]
  readonly files: Answer<readonly Credential[]>
  readonly agentKeys: readonly AgentKey[]
  readonly chooseWay: (way: LoginWay) => void
  readonly change: (given: Partial<Given>) => void
  readonly complete: boolean
  /** What hands it over. */
  readonly call: string
  /** What was given, to be handed over. Secrets leave their fields with it; the text of a key once it was taken. */
  readonly take: () => GiveLogin | undefined
}

export function useLoginFields(): LoginFields {
  const calls = useConsole()
  const files = useAnswer({ key: ['window.keyFiles'], ask: () => calls.window.keyFiles({}) }).answer
  const agent = useAnswer({ key: ['window.listAgentKeys'], ask: () => calls.window.listAgentKeys({}) }).answer
  const agentKeys = agent.state === 'answered' ? agent.value : []
  const [chosenWay, setWay] = useState<LoginWay | undefined>(undefined)
  const [given, setGiven] = useState<Given>(nothingGiven)
  const noFiles = files.state === 'failed' || (files.state === 'answered' && files.value.length === 0)
  const way = chosenWay ?? (!noFiles ? 'file' : agentKeys.length > 0 ? 'agent' : 'password')
  const change = (next: Partial<Given>) => setGiven((now) => ({ ...now, ...next }))
  const give = useGiving(way, given)
  return {
    ...given,
    ...{ way, files, agentKeys, change },
    // Without an agent nothing is said of one.
    ways: agentKeys.length > 0 ? ['file', 'agent', 'key', 'password'] : ['file', 'key', 'password'],
    chooseWay: (next) => {
      setWay(next)
      setGiven(nothingGiven)
    },
    complete: give !== undefined,
    call: callOf[way],
    take: () => {
      if (give === undefined) return undefined
      if (way !== 'key') {
        change({ secret: '', passphrase: '' })
        return give
      }
      // A long text is not pasted twice because its passphrase was forgotten.
      change({ passphrase: '' })
      return async () => {
        const given = await give()
        if (given.ok) change({ secret: '' })
        return given
      }
    },
  }
}

function useGiving(way: LoginWay, { secret, passphrase, keep, useOnce, file, agentKey }: Given): GiveLogin | undefined {
  const { window } = useConsole()
  const chosen = (credential: Credential) => () => Promise.resolve(ok({ credential, keep: false }))
  if (way === 'agent') {
    if (agentKey === undefined) return undefined
    const { fingerprint, label } = agentKey
    return async () => {
      const taken = await window.takeAgentKey({ fingerprint })
      return taken.ok
        ? ok({ credential: { credentialId: taken.value.credentialId, label, lasting: true }, keep: false })
        : taken
    }
  }
  if (way !== 'file' && secret !== '') {
    const locked = passphrase === '' ? {} : { passphrase }
    return async () => {
      const offered =
        way === 'key'
          ? await window.offerKey({ privateKey: secret, ...locked })
          : await window.offerPassword({ password: secret })
      return offered.ok ? ok({ credential: offered.value, keep, useOnce }) : offered
    }
  }
  return file === undefined || way === 'password' ? undefined : chosen(file)
}
