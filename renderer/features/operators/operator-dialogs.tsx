// What an administrator does about one operator, each asked in a dialog of its own.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Operator } from '../../../shared/domain/operator.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FormDialog } from '../../console/form-dialog.tsx'
import { useSignInProblem } from '../../console/operators/sign-in-problem.ts'
import { isSame, NewPassphraseFields, noPassphrase } from '../../console/passphrase-field.tsx'
import { type Act, useAct } from '../../console/use-act.ts'
import { areWhole, DutiesFields, toldDuties } from './duties-fields.tsx'

type AboutOne = { readonly operator: Operator; readonly onClose: () => void }

export function ChangeDialog({ operator, onClose }: AboutOne) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { act, done } = useDone(onClose)
  const { name, roles, grant = { publishers: [], appliances: [] } } = operator
  const [duties, setDuties] = useState({ roles: [...roles], grant })
  return (
    <FormDialog
      title={t('operators.changeTitle', { name })}
      word={t('operators.changeGo')}
      act={act}
      ready={areWhole(duties)}
      onGo={() => act.begin('operators.change', () => product.operators.change({ name, ...toldDuties(duties) }), done)}
      onCancel={onClose}
    >
      <p className="rs-muted">{t('operators.changeLead')}</p>
      <DutiesFields duties={duties} onDuties={(next) => setDuties({ ...next, roles: [...next.roles] })} />
    </FormDialog>
  )
}

export function ResetDialog({ operator: { name }, onClose }: AboutOne) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const { act, done } = useDone(onClose)
  const [typed, setTyped] = useState(noPassphrase)
  const problem = useSignInProblem(act.failure)
  const reset = () => {
    const passphrase = typed.once
    setTyped(noPassphrase)
    act.begin('window.resetOperator', () => window.resetOperator({ name, passphrase }), done)
  }
  return (
    <FormDialog
      title={t('operators.resetTitle', { name })}
      word={t('operators.act.reset')}
      act={{ busy: act.busy, failure: problem === undefined ? act.failure : undefined }}
      ready={isSame(typed)}
      onGo={reset}
      onCancel={onClose}
    >
      <p className="rs-muted">{t('operators.resetLead')}</p>
      <NewPassphraseFields
        label={t('operators.firstPassphrase')}
        focus
        typed={typed}
        problem={problem}
        onTyped={setTyped}
      />
    </FormDialog>
  )
}

export function RemoveDialog({ operator: { name }, onClose }: AboutOne) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { act, done } = useDone(onClose)
  return (
    <FormDialog
      title={t('operators.removeTitle', { name })}
      word={t('operators.removeGo')}
      act={act}
      ready
      destroys
      onGo={() => act.begin('operators.remove', () => product.operators.remove({ name }), done)}
      onCancel={onClose}
    >
      <p>{t('operators.removeLead')}</p>
    </FormDialog>
  )
}

function useDone(onClose: () => void): { readonly act: Act; readonly done: () => void } {
  const act = useAct()
  const outdate = useOutdate()
  return {
    act,
    done: () => {
      outdate('operators.list')
      onClose()
    },
  }
}
