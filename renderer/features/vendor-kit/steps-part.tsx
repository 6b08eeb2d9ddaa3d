// The steps of a delivery: what to type, what is checked by it, and what the hospital sees of it.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyBlock } from '../../console/copy-block.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { isKitId, isKitName, type KitNames, kitCommand, kitSteps } from './kit-steps.ts'

const usual: KitNames = { app: 'clinic-note', publisher: 'acme', name: 'Acme Medical' }

export function StepsPart() {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(usual)
  const names = {
    app: isKitId(typed.app) ? typed.app : usual.app,
    publisher: isKitId(typed.publisher) ? typed.publisher : usual.publisher,
    name: isKitName(typed.name) ? typed.name : usual.name,
  }
  return (
    <Panel title={t('vendorKit.path')}>
      <div className="rs-kit-names">
        <Name
          label={t('vendorKit.name')}
          hint={t('vendorKit.nameHint')}
          problem={isKitId(typed.app) ? undefined : t('vendorKit.badId')}
          value={typed.app}
          onValue={(app) => setTyped({ ...typed, app })}
        />
        <Name
          label={t('vendorKit.namePublisher')}
          hint={t('vendorKit.publisherHint')}
          problem={isKitId(typed.publisher) ? undefined : t('vendorKit.badId')}
          value={typed.publisher}
          onValue={(publisher) => setTyped({ ...typed, publisher })}
        />
        <Name
          label={t('vendorKit.publisherName')}
          hint={t('vendorKit.publisherNameHint')}
          problem={isKitName(typed.name) ? undefined : t('vendorKit.badName')}
          value={typed.name}
          onValue={(name) => setTyped({ ...typed, name })}
        />
      </div>
      <ol className="rs-kit-steps" data-testid="kit-steps">
        {kitSteps.map((step) => (
          <li key={step}>
            <h3>{t(`vendorKit.step.${step}.title`)}</h3>
            <CopyBlock text={kitCommand(step, names)} label={t('vendorKit.copy')} />
            <dl>
              <dt>{t('vendorKit.checks')}</dt>
              <dd>{t(`vendorKit.step.${step}.checks`)}</dd>
              <dt>{t('vendorKit.sees')}</dt>
              <dd>{t(`vendorKit.step.${step}.sees`)}</dd>
            </dl>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

type NameProps = {
  readonly label: string
  readonly hint: string
  readonly problem: string | undefined
  readonly value: string
  readonly onValue: (value: string) => void
}

function Name({ label, hint, problem, value, onValue }: NameProps) {
  return (
    <Field label={label} hint={hint} {...(problem !== undefined && { problem })}>
      {(control) => (
        <Input
          {...control}
          value={value}
          maxLength={200}
          spellCheck={false}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  )
}
