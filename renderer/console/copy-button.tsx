// Copies a text that is made when the button is pressed, and says that it did.
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const saidForMs = 2000

export type CopyButtonProps = { readonly text: () => string; readonly label: string; readonly disabled?: boolean }

export function CopyButton({ text, label, disabled = false }: CopyButtonProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'copied' | 'refused' | undefined>(undefined)
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), saidForMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = () => {
    const { clipboard }: Partial<Navigator> = navigator
    if (clipboard === undefined) return setOutcome('refused')
    void clipboard.writeText(text()).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  }
  const said = { copied: t('common.copied'), refused: t('common.copyRefused') }
  return (
    <Button disabled={disabled} onClick={copy}>
      <span aria-live="polite">{outcome === undefined ? label : said[outcome]}</span>
    </Button>
  )
}
