// The acts between the questions of adding an appliance. Each one either leads on or leaves its failure, with
// everything that was given still there; what mends a failure does the same act again.
import { useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Address, Appliance } from '../../../shared/domain/appliance.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Act, useAct } from '../../console/use-act.ts'
import {
  type AddForm,
  type AddStep,
  afterRefusal,
  emptyForm,
  type Greeted,
  keptNow,
  loginOf,
  suggestedName,
  targetOf,
  viaOf,
  wayOf,
  withHop,
  withHopLogin,
  withLogin,
} from './add-form.ts'
import type { AfterAdding } from './name-step.tsx'
import type { GiveLogin, HandedLogin } from './use-login-fields.ts'

type AttemptKind = 'greet' | 'log-in' | 'save'

export type OnAdded = (name: string, next: AfterAdding) => void

type Attempt = { readonly kind: AttemptKind; readonly address: Address; readonly next?: AfterAdding }

export type AddJourney = {
  readonly form: AddForm
  readonly act: Act
  /** What was tried last: a failure is of it. */
  readonly attempt: AttemptKind | undefined
  /** What is being tested, beside the questions. */
  readonly testing: Target | undefined
  readonly change: (next: Partial<AddForm>) => void
  readonly goTo: (step: AddStep) => void
  readonly greet: (address: Address) => void
  readonly addHop: (address: Address, login: HandedLogin) => void
  /** Another login for the jump host at this place on the way. */
  readonly giveHop: (place: number, login: HandedLogin) => void
  /** The host key of this jump host is to be compared first. */
  readonly compareHop: (greeted: Greeted) => void
  readonly trust: (greeted: Greeted) => void
  /** Without a login: with the one that was given last. */
  readonly logIn: (address: Address, give: GiveLogin | undefined) => void
  readonly test: (address: Address, give: GiveLogin | undefined) => void
  readonly endTest: () => void
  /** This was refused on the way: what it is about is asked for again. */
  readonly refused: (failure: Failure) => void
  readonly save: (next: AfterAdding) => void
  /** The last attempt again, with these changes. */
  readonly again: (changes?: Partial<AddForm>) => void
  /** Hands something over, then does the last attempt again with what it changes. */
  readonly mend: <T>(call: string, ask: () => Promise<Result<T>>, changes: (value: T) => Partial<AddForm>) => void
}

/** `saved`: the appliance whose login is given again. */
export function useAddJourney(saved: Appliance | undefined, onAdded: OnAdded): AddJourney {
  const { product, window } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [form, setForm] = useState<AddForm>(() => emptyForm(saved))
  const [attempt, setAttempt] = useState<Attempt | undefined>()
  const [testing, setTesting] = useState<Target | undefined>(undefined)
  const change = (next: Partial<AddForm>) => setForm((now) => ({ ...now, ...next }))

  function added(name: string, next: AfterAdding): void {
    outdate('appliances.list')
    outdate('appliances.status', name)
    outdate('appliances.detect', name)
    outdate('vault.list')
    onAdded(name, next)
  }

  /** What was accepted for one server is not accepted for another. */
  function at({ host, port }: Address): AddForm {
    const before = attempt?.address ?? saved?.address
    if (before === undefined || (before.host === host && before.port === port)) return form
    const elsewhere = { ...form, weakAlgorithms: false, sudoCredentialId: undefined }
    setForm(elsewhere)
    return elsewhere
  }

  /** The same answer; what was refused on the way is asked for again. */
  function heard<T>(answer: Result<T>, asked: AddForm): Result<T> {
    if (!answer.ok) change(afterRefusal(asked, answer.failure))
    return answer
  }

  function greet(address: Address, asked: AddForm): void {
    setAttempt({ kind: 'greet', address })
    act.begin(
      'appliances.greet',
      async () => heard(await product.appliances.greet({ address, ...wayOf(asked) }), asked),
      (shown) => change({ greeted: { address, ...shown }, step: shown.pinned ? 'login' : 'fingerprint' }),
    )
  }

  /** What was given is known from here on, whether it works or not; what the server refused is forgotten. */
  async function handOver(address: Address, give: GiveLogin | undefined, asked: AddForm): Promise<Result<AddForm>> {
    if (give === undefined) return ok(asked)
    const given = await give()
    if (!given.ok) return given
    const next = withLogin(asked, given.value, address)
    setForm(next)
    return ok(next)
  }

  function logIn(address: Address, give: GiveLogin | undefined, asked: AddForm): void {
    setAttempt({ kind: 'log-in', address })
    act.begin(
      'appliances.detect',
      async () => {
        const handed = await handOver(address, give, asked)
        if (!handed.ok) return handed
        const { credential } = handed.value
        if (credential === undefined) return fail({ kind: 'credential-unknown', credentialId: '' })
        const target = targetOf(handed.value, address, credential.credentialId)
        const facts = heard(await product.appliances.detect({ target }), handed.value)
        return facts.ok ? ok({ ...handed.value, facts: facts.value }) : facts
      },
      (proven) => {
        if (saved !== undefined) return save(address, { ...proven, name: saved.name }, 'look')
        const name = proven.name === '' ? suggestedName(proven) : proven.name
        setForm({ ...proven, name, step: 'name' })
      },
    )
  }

  function save(address: Address, asked: AddForm, next: AfterAdding): void {
    const { name, credential, useOnce } = asked
    if (credential === undefined) return
    setAttempt({ kind: 'save', address, next })
    setForm(asked)
    act.begin<unknown>(
      useOnce === undefined ? 'appliances.save' : 'ownKey.install',
      async () => {
        for (const one of keptNow(asked)) {
          const kept = await window.keepCredential(one)
          if (!kept.ok) return kept
        }
        const login = loginOf(asked, address, credential.credentialId)
        if (useOnce !== undefined) return product.ownKey.install({ name, login, ...useOnce })
        return product.appliances.save({ name, target: { by: 'address', ...login } })
      },
      () => added(name, next),
    )
  }

  function again(changes: Partial<AddForm> = {}): void {
    if (attempt === undefined) return
    const next = { ...form, ...changes }
    setForm(next)
    if (attempt.kind === 'greet') greet(attempt.address, next)
    else if (attempt.kind === 'log-in') logIn(attempt.address, undefined, next)
    else save(attempt.address, next, attempt.next ?? 'look')
  }

  return {
    ...{ form, act, testing, change, again, attempt: attempt?.kind },
    goTo: (step) => {
      act.forget()
      change({ step })
    },
    greet: (address) => greet(address, at(address)),
    addHop: (address, login) => setForm((now) => withHop(now, login, address)),
    giveHop: (place, login) => setForm((now) => withHopLogin(now, place, login)),
    compareHop: (greeted) => {
      act.forget()
      change({ greeted, step: 'fingerprint' })
    },
    trust: ({ address, fingerprint, hop }) =>
      act.begin(
        'appliances.trust',
        async () => {
          const before = form.via.slice(0, hop ?? form.via.length)
          const via = before.length === 0 ? {} : { via: viaOf(before) }
          const weak = hop === undefined && form.weakAlgorithms ? { weakAlgorithms: true as const } : {}
          return heard(await product.appliances.trust({ address, fingerprint, ...via, ...weak }), form)
        },
        () => {
          if (hop === undefined) return change({ step: 'login' })
          const { address: behind } = attempt ?? { address }
          const next = { ...form, step: 'address', greeted: undefined } as const
          setForm(next)
          greet(behind, next)
        },
      ),
    logIn: (address, give) => logIn(address, give, form),
    test: (address, give) =>
      act.begin(
        'connect.test',
        () => handOver(address, give, form),
        (handed) => {
          if (handed.credential !== undefined) setTesting(targetOf(handed, address, handed.credential.credentialId))
        },
      ),
    endTest: () => setTesting(undefined),
    refused: (failure) => change(afterRefusal(form, failure)),
    save: (next) => {
      if (form.greeted !== undefined) save(form.greeted.address, form, next)
    },
    mend: (call, ask, changes) => act.begin(call, ask, (value) => again(changes(value))),
  }
}
