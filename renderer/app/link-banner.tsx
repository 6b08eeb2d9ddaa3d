// While the link to the console is lost: since when, that it is tried again, that servers are not touched by it.
import { useTranslation } from 'react-i18next'
import { failureText } from '../../shared/words/language.ts'
import { useWords } from '../console/console-context.tsx'
import type { LinkState } from '../console/console-link.ts'
import { Age } from '../ui/age.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'

export function LinkBanner({ link }: { readonly link: LinkState }) {
  const { t } = useTranslation()
  const words = useWords()
  const said = failureText({ kind: 'console-lost' }, words)
  return (
    <div role="status" data-testid="link-state" data-state={link.state}>
      {link.state === 'lost' ? (
        <div className="rs-banner">
          <VerdictMark state="stale" word={t('frame.linkLost')}>
            <Age atMs={link.sinceMs} /> <span className="rs-muted">{said.next}</span>
          </VerdictMark>
        </div>
      ) : null}
    </div>
  )
}
