// Another operator. Whoever adds somebody knows the first passphrase, so it is changed at the first sign-in.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useSignInProblem } from '../../console/operators/sign-in-problem.ts'
import { isSame, NewPassphraseFields, noPassphrase } from '../../console/passphrase-field.tsx'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'
import { areWhole, DutiesFields, noDuties, toldDuties } from './duties-fields.tsx'
import { NameField, nameTyped } from './name-field.tsx'

export function AddOperator() {
  const { t } = useTranslation()
  const { window } = useConsole()
  const words = useWords()
  const act = useAct()
  const outdate = useOutdate()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState(noPassphrase)
  const [duties, setDuties] = useState(noDuties)
  const [added, setAdded] = useState<string | undefined>(undefined)
  const problem = useSignInProblem(act.failure)
  const named = nameTyped(name)
  const ready = named !== undefined && isSame(typed) && areWhole(duties)
  const add = () => {
    if (named === undefined) return
    const wanted = { name: named, passphrase: typed.once, ...toldDuties(duties) }
    setTyped(noPassphrase)
    setAdded(undefined)
    act.begin(
      'window.addOperator',
      () => window.addOperator(wanted),
      () => {
        setAdded(named)
        setName('')
        setDuties(noDuties)
        outdate('operators.list')
      },
    )
  }
  return (
    <Panel title={t('operators.add')} testId="add-operator">
      <form
        className="rs-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !act.busy) add()
        }}
      >
        <NameField name={name} onName={setName} />
        <DutiesFields duties={duties} onDuties={setDuties} />
        <NewPassphraseFields
          label={t('operators.firstPassphrase')}
          typed={typed}
          problem={problem}
          onTyped={setTyped}
        />
        {act.failure === undefined || problem !== undefined ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={act.busy}>
            {t('operators.addGo')}
          </Button>
          <span aria-live="polite">{added === undefined ? '' : words.operators.added(added)}</span>
        </div>
      </form>
    </Panel>
  )
}
