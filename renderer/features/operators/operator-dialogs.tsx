// What an administrator does about one operator, each asked in a dialog of its own.
import { Button, Modal } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Operator } from '../../../shared/domain/operator.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
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
    <OneDialog
      title={t('operators.changeTitle', { name })}
      word={t('operators.act.change')}
      act={act}
      ready={areWhole(duties)}
      onGo={() => act.begin('operators.change', () => product.operators.change({ name, ...toldDuties(duties) }), done)}
      onClose={onClose}
    >
      <p className="rs-muted">{t('operators.changeLead')}</p>
      <DutiesFields duties={duties} onDuties={(next) => setDuties({ ...next, roles: [...next.roles] })} />
    </OneDialog>
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
    <OneDialog
      title={t('operators.resetTitle', { name })}
      word={t('operators.act.reset')}
      act={act}
      isSaid={problem !== undefined}
      ready={isSame(typed)}
      onGo={reset}
      onClose={onClose}
    >
      <p className="rs-muted">{t('operators.resetLead')}</p>
      <NewPassphraseFields
        label={t('operators.firstPassphrase')}
        focus
        typed={typed}
        problem={problem}
        onTyped={setTyped}
      />
    </OneDialog>
  )
}

export function RemoveDialog({ operator: { name }, onClose }: AboutOne) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { act, done } = useDone(onClose)
  return (
    <OneDialog
      title={t('operators.removeTitle', { name })}
      word={t('operators.removeGo')}
      act={act}
      ready
      destroys
      onGo={() => act.begin('operators.remove', () => product.operators.remove({ name }), done)}
      onClose={onClose}
    >
      <p>{t('operators.removeLead')}</p>
    </OneDialog>
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

type OneDialogProps = {
  readonly title: string
  readonly word: string
  readonly act: Act
  /** The failure stands beside a field already. */
  readonly isSaid?: boolean
  readonly ready: boolean
  readonly destroys?: boolean
  readonly onGo: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

function OneDialog({ title, word, act, isSaid = false, ready, destroys = false, ...asked }: OneDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const { onGo, onClose, children } = asked
  return (
    <Modal
      open
      width={560}
      title={title}
      onCancel={onClose}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button autoFocus={destroys} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            {...(destroys ? { danger: true } : { type: 'primary' as const })}
            htmlType="submit"
            form={formId}
            disabled={!ready}
            loading={act.busy}
          >
            {word}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="rs-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !act.busy) onGo()
        }}
      >
        {children}
        {act.failure === undefined || isSaid ? null : <FailureNote failure={act.failure} />}
      </form>
    </Modal>
  )
}
