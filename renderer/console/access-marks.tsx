// How this console gets into the appliance where that is not the plain case: quiet, and always there.
import { useTranslation } from 'react-i18next'
import type { Access } from '../../shared/domain/appliance.ts'
import { Chip } from '../ui/chip.tsx'
import { useWords } from './console-context.tsx'

export function AccessMarks({ access }: { readonly access: Access | undefined }) {
  const { t } = useTranslation()
  const { connect } = useWords()
  return (
    <>
      {access?.weakAlgorithms === true ? <Chip title={connect.weakAllowed}>{t('access.weakMark')}</Chip> : null}
      {access?.watchOnly === true ? <Chip title={t('access.watchMarkWhy')}>{t('access.watchMark')}</Chip> : null}
    </>
  )
}
