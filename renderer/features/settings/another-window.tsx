// A second window on the same console: the desktop shell opens it itself; in a browser the page opens an
// address that is good once.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'

type Opened = { readonly blockedAddress: string | undefined }

export function AnotherWindow() {
  const { t } = useTranslation()
  const calls = useConsole()
  const act = useAct()
  const [opened, setOpened] = useState<Opened | undefined>(undefined)
  const open = () => {
    setOpened(undefined)
    act.begin(
      'window.openWindow',
      () => calls.window.openWindow({}),
      ({ address }) => setOpened({ blockedAddress: address === null ? undefined : openAddress(address) }),
    )
  }
  return (
    <Panel title={t('settings.windows')}>
      <div className="rs-form">
        <p className="rs-muted">{t('settings.windowsLead')}</p>
        <div className="rs-row">
          <Button onClick={open} disabled={act.busy}>
            {t('settings.openWindow')}
          </Button>
          <span aria-live="polite">
            {opened !== undefined && opened.blockedAddress === undefined ? t('settings.windowOpened') : ''}
          </span>
        </div>
        {opened?.blockedAddress === undefined ? null : (
          <>
            <p>{t('settings.windowBlocked')}</p>
            <CopyBlock text={opened.blockedAddress} />
          </>
        )}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Panel>
  )
}

/** The address back where the browser did not open it. Only this console's own address is ever opened. */
function openAddress(address: string): string | undefined {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) throw new Error('the console named an address that is not its own')
  // With "noopener" a browser does not say whether a window was opened: so the bond is cut afterwards.
  const opened = window.open(url.href, '_blank')
  if (opened === null) return url.href
  opened.opener = null
  return undefined
}
