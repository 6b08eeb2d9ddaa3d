// What is different from now of the services that a plan replaces, who may do what first: read before everything else.
import { useTranslation } from 'react-i18next'
import type { Replacement } from '../../shared/domain/replacement.ts'
import { differenceText } from '../../shared/words/whose-text.ts'
import { DataTable } from '../ui/data-table.tsx'
import { useLanguage, useWords } from './console-context.tsx'
import { sentenceOf } from './sentence.ts'

/** `names`: the appliances that it is about, where there are several. */
type Change = Replacement & { readonly names?: readonly string[] }
type ChangesProps = { readonly replacements: readonly Change[]; readonly className: string }

export function ChangesSection({ replacements, className }: ChangesProps) {
  const { t } = useTranslation()
  if (replacements.length === 0) return null
  return (
    <section className={className} data-testid="differences">
      <h2>{t('setup.whose.changes')}</h2>
      {replacements.map((one) => (
        <ServiceChanges key={`${one.service} ${one.names?.join(' ') ?? ''}`} {...one} />
      ))}
    </section>
  )
}

function ServiceChanges({ service, differences, names }: Change) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const where = names === undefined ? service : words.cli.pair(service, words.cli.list(names))
  const caption = t('setup.whose.changesOf', { service: where })
  return (
    <div className="su-differences">
      <h3>{where}</h3>
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
