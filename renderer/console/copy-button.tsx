// Copies a text that is made when the button is pressed, and says that it did.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCopy } from './use-copy.ts'

export type CopyButtonProps = { readonly text: () => string; readonly label: string; readonly disabled?: boolean }

export function CopyButton({ text, label, disabled = false }: CopyButtonProps) {
  const { t } = useTranslation()
  const { outcome, copy } = useCopy()
  const said = { copied: t('common.copied'), refused: t('common.copyRefused') }
  return (
    <Button disabled={disabled} onClick={() => copy(text())}>
      <span aria-live="polite">{outcome === undefined ? label : said[outcome]}</span>
    </Button>
  )
}
