// Details for whoever mends something: shown as they are, copied with one press.
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { CodeText } from '../ui/code-text.tsx'

const saidForMs = 2000

export type CopyBlockProps = {
  readonly text: string
  readonly label?: string
  /** The beginning of a text that is too long to be shown. */
  readonly shown?: string
}

export function CopyBlock({ text, label, shown }: CopyBlockProps) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const [whole, setWhole] = useState(false)
  const block = useRef<HTMLPreElement>(null)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), saidForMs)
    return () => clearTimeout(timer)
  }, [copied])
  /** Where a page may not write the clipboard: the text is selected, so that the keyboard can copy it. */
  const select = () => {
    flushSync(() => setWhole(true))
    if (block.current !== null) getSelection()?.selectAllChildren(block.current)
  }
  const copy = () => {
    const { clipboard }: Partial<Navigator> = navigator
    if (clipboard === undefined) return select()
    void clipboard.writeText(text).then(() => setCopied(true), select)
  }
  return (
    <div className="rs-copy">
      <CodeText ref={block}>{whole ? text : (shown ?? text)}</CodeText>
      <Button size="small" onClick={copy}>
        <span aria-live="polite">{copied ? t('common.copied') : (label ?? t('common.copy'))}</span>
      </Button>
    </div>
  )
}
