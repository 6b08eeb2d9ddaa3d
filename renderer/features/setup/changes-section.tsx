// What is different from now of the services that a plan replaces, who may do what first: read before everything else.
import { useTranslation } from 'react-i18next'
import type { Replacement } from '../../../shared/domain/replacement.ts'
import { differenceText } from '../../../shared/words/whose-text.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { sentenceOf } from '../../console/sentence.ts'
import { DataTable } from '../../ui/data-table.tsx'

export function ChangesSection({ replacements }: { readonly replacements: readonly Replacement[] }) {
  const { t } = useTranslation()
  if (replacements.length === 0) return null
  return (
    <section className="su-part" data-testid="differences">
      <h2>{t('setup.whose.changes')}</h2>
      {replacements.map((one) => (
        <ServiceChanges key={one.service} {...one} />
      ))}
    </section>
  )
}

function ServiceChanges({ service, differences }: Replacement) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const caption = t('setup.whose.changesOf', { service })
  return (
    <div className="su-differences">
      <h3>{service}</h3>
      <DataTable
        caption={caption}
        columns={[
          { id: 'what', name: t('setup.whose.what'), align: 'start' },
          { id: 'now', name: t('setup.whose.now'), align: 'start' },
          { id: 'after', name: t('setup.whose.after'), align: 'start' },
        ]}
        rows={differences.map((one) => {
          const { name, before, after } = differenceText(one, words)
          const isKnown = one.before !== undefined && one.before.length > 0
          return {
            id: one.what,
            cells: [
              sentenceWord(sentenceOf(name, language)),
              <span key="now" className={isKnown ? undefined : 'rs-muted'}>
                {before}
              </span>,
              <span key="after" className={one.after.length > 0 ? undefined : 'rs-muted'}>
                {after}
              </span>,
            ],
          }
        })}
      />
    </div>
  )
}

/** The head of a row has no full stop. */
function sentenceWord(sentence: string): string {
  return sentence.replace(/[.。]$/, '')
}
