// A server that offers nothing but algorithms that are not safe any more (P6): their names, what that means, and a
// choice that is never made for somebody and holds for this one appliance.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import { FactList, known } from '../../ui/fact-list.tsx'

export type WeakAlgorithmsProps = {
  readonly failure: FailureOf<'algorithms-refused'>
  readonly onAllow: () => void
}

const kinds = ['kex', 'hostKey', 'cipher', 'mac'] as const

export function WeakAlgorithms({ failure, onAllow }: WeakAlgorithmsProps) {
  const { t } = useTranslation()
  const [allowed, setAllowed] = useState(false)
  const named = kinds.filter((kind) => failure[kind].length > 0)
  return (
    <section className="rs-form" data-testid="weak-algorithms">
      <h2>{t('access.weakTitle')}</h2>
      <p>{t('access.weakWhy')}</p>
      {named.length === 0 ? null : (
        <>
          <h2>{t('access.weakHas')}</h2>
          <FactList
            facts={named.map((kind) => ({
              label: t(`failure.fields.${kind}`),
              value: known(<code>{failure[kind].join(' ')}</code>),
            }))}
          />
        </>
      )}
      <Checkbox checked={allowed} onChange={(event) => setAllowed(event.target.checked)}>
        {t('access.weakAllow')}
      </Checkbox>
      <div className="rs-row">
        <Button disabled={!allowed} onClick={onAllow}>
          {t('access.weakGo')}
        </Button>
      </div>
    </section>
  )
}
