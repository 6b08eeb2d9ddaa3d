// The head of a printed page: what made it, for whom, and when. On a screen it is not there.
import { useTranslation } from 'react-i18next'
import { useWho } from '../console/operators/own-sign-in.ts'
import { useAbout } from '../console/use-about.ts'
import { usePrintedAt } from './printing.ts'

export function PrintHead() {
  const { t, i18n } = useTranslation()
  const about = useAbout()
  const who = useWho()
  const atMs = usePrintedAt()
  if (atMs === undefined) return null
  const at = new Date(atMs).toLocaleString(i18n.language, { dateStyle: 'long', timeStyle: 'short', hour12: false })
  return (
    <header className="rs-print-head">
      <b>Rackside {about?.version}</b>
      <span>{t('frame.printed', { at, who })}</span>
    </header>
  )
}
