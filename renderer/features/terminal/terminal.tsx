// The terminal of an appliance: what it is before anything connects, the shell itself once a person wants it, and what earlier
// ones showed.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { idleMinutes, keptDays, longestHours } from '../../../shared/domain/terminal.ts'
import { useSaved } from '../../console/use-saved.ts'
import { Panel } from '../../ui/panel.tsx'
import { Recordings } from './recordings.tsx'
import { TerminalView } from './terminal-view.tsx'
import './terminal.css'

export function Terminal({ name }: { readonly name: string }) {
  /** How often one was wanted: each is another shell. */
  const [wanted, setWanted] = useState(0)
  const [isShown, setShown] = useState(false)
  const [ended, setEnded] = useState(0)
  const open = () => {
    setWanted((count) => count + 1)
    setShown(true)
  }
  return (
    <div className="rs-terminal-parts">
      {isShown ? (
        <TerminalView
          key={wanted}
          name={name}
          onAgain={open}
          onBack={() => setShown(false)}
          onEnd={() => setEnded((count) => count + 1)}
        />
      ) : (
        <Before name={name} onOpen={open} />
      )}
      <Recordings name={name} ended={ended} />
    </div>
  )
}

function Before({ name, onOpen }: { readonly name: string; readonly onOpen: () => void }) {
  const { t } = useTranslation()
  const saved = useSaved(name)
  const watchOnly = saved?.watchOnly === true
  return (
    <Panel title={t('terminal.title')} testId="terminal-before">
      <ul className="rs-terminal-facts">
        <li>{t('terminal.rights', { user: saved?.address.user ?? '…', name })}</li>
        <li>{t('terminal.recorded', { days: keptDays })}</li>
        <li>{t('terminal.outside')}</li>
        <li>{t('terminal.ends', { minutes: idleMinutes, hours: longestHours })}</li>
      </ul>
      <div className="rs-row">
        <Button type="primary" disabled={watchOnly} onClick={onOpen}>
          {t('terminal.open')}
        </Button>
        <span className="rs-muted">{t(watchOnly ? 'terminal.watchOnly' : 'terminal.nothingYet')}</span>
      </div>
    </Panel>
  )
}
