// The acts between the questions of adding an appliance. Each one either leads on or leaves its failure, with
// everything that was given still there.
import { useState } from 'react'
import type { Address, Appliance } from '../../../shared/domain/appliance.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { ok } from '../../../shared/domain/failure.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Act, useAct } from '../../console/use-act.ts'
import { type AddForm, type AddStep, emptyForm, type Greeted, suggestedName } from './add-form.ts'
import type { GiveLogin } from './login-step.tsx'

export type AddJourney = {
  readonly form: AddForm
  readonly act: Act
  readonly change: (next: Partial<AddForm>) => void
  readonly goTo: (step: AddStep) => void
  readonly greet: (address: Address) => void
  readonly trust: (greeted: Greeted) => void
  readonly logIn: (address: Address, give: GiveLogin) => void
  readonly save: (address: Address, login: { readonly name: string; readonly credentialId: string }) => void
}

/** `saved`: the appliance whose login is given again. */
export function useAddJourney(saved: Appliance | undefined, onAdded: (name: string) => void): AddJourney {
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [form, setForm] = useState<AddForm>(() => emptyForm(saved?.address))
  const change = (next: Partial<AddForm>) => setForm((now) => ({ ...now, ...next }))
  const added = (name: string) => {
    outdate('appliances.list')
    outdate('appliances.status', name)
    outdate('appliances.detect', name)
    onAdded(name)
  }
  const save: AddJourney['save'] = (address, { name, credentialId }) =>
    act.begin(
      'appliances.save',
      () => product.appliances.save({ name, target: { by: 'address', address, credentialId } }),
      () => added(name),
    )
  const proven: ProvenLogin = (address, { credentialId, facts }) => {
    if (saved !== undefined) return save(address, { name: saved.name, credentialId })
    const name = form.name === '' ? suggestedName({ ...form, facts }) : form.name
    change({ facts, credentialId, step: 'name', name })
  }
  return {
    form,
    act,
    change,
    save,
    goTo: (step) => {
      act.forget()
      change({ step })
    },
    greet: (address) =>
      act.begin(
        'appliances.greet',
        () => product.appliances.greet({ address }),
        (shown) => change({ greeted: { address, ...shown }, step: shown.pinned ? 'login' : 'fingerprint' }),
      ),
    trust: ({ address, fingerprint }) =>
      act.begin(
        'appliances.trust',
        () => product.appliances.trust({ address, fingerprint }),
        () => change({ step: 'login' }),
      ),
    logIn: (address, give) =>
      act.begin(
        'appliances.detect',
        async () => {
          const given = await give()
          if (!given.ok) return given
          const { credentialId } = given.value
          const facts = await product.appliances.detect({ target: { by: 'address', address, credentialId } })
          return facts.ok ? ok({ credentialId, facts: facts.value }) : facts
        },
        (login) => proven(address, login),
      ),
  }
}

type ProvenLogin = (address: Address, login: { readonly credentialId: string; readonly facts: Facts }) => void
