// One secret, shown to whoever asks for it: for a minute, and nowhere kept.
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { secretOf, type WayIn } from '../../../shared/domain/sign-in.ts'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'

const shownForMs = 60_000

export function SecretCell({ way, target }: { readonly way: WayIn; readonly target: Target }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [value, setValue] = useState<string | undefined>(undefined)
  const { busy, failure, begin } = useAct()
  useEffect(() => {
    if (value === undefined) return
    const timer = setTimeout(() => setValue(undefined), shownForMs)
    return () => clearTimeout(timer)
  }, [value])
  const secret = secretOf(way)
  if (secret === undefined) return null
  const { deployment } = way
  const show = () =>
    begin(
      'upkeep.showSecret',
      () => product.upkeep.showSecret({ target, deployment, name: secret }),
      (shown) => setValue(shown.value),
    )
  if (value !== undefined) {
    return (
      <div className="rs-row">
        <CopyBlock text={value} />
        <Button size="small" onClick={() => setValue(undefined)}>
          {t('appliance.access.hide')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <Button size="small" loading={busy} onClick={show}>
        {t('appliance.access.show')}
      </Button>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}
