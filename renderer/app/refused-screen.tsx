// A window that the console does not let in: what happened and how to get a window that it does.
import { useTranslation } from 'react-i18next'
import type { FailureOf } from '../../shared/domain/failure.ts'
import { failureText } from '../../shared/words/language.ts'
import { useWords } from '../console/console-context.tsx'
import { Page } from '../ui/page.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { LanguageSwitch } from './top-bar.tsx'

export function RefusedScreen({ failure }: { readonly failure: FailureOf<'window-refused'> }) {
  const { t } = useTranslation()
  const said = failureText(failure, useWords())
  return (
    <main className="rs-alone" data-testid="window-refused">
      <Page title={t('frame.refused')} actions={<LanguageSwitch />} narrow>
        <div className="rs-stack">
          <VerdictMark state="unknown" word={said.what} />
          <p>{said.next}</p>
        </div>
      </Page>
    </main>
  )
}
