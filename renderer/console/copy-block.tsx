// Details for whoever mends something: shown as they are, copied with one press.
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { CodeText } from '../ui/code-text.tsx'
import { useCopy } from './use-copy.ts'

export type CopyBlockProps = {
  readonly text: string
  readonly label?: string
  /** The beginning of a text that is too long to be shown. */
  readonly shown?: string
}

export function CopyBlock({ text, label, shown }: CopyBlockProps) {
  const { t } = useTranslation()
  const { outcome, copy } = useCopy()
  const [whole, setWhole] = useState(false)
  const block = useRef<HTMLPreElement>(null)
  /** Where a page may not write the clipboard: the text is selected, so that the keyboard can copy it. */
  const select = () => {
    flushSync(() => setWhole(true))
    if (block.current !== null) getSelection()?.selectAllChildren(block.current)
  }
  return (
    <div className="rs-copy">
      <CodeText ref={block}>{whole ? text : (shown ?? text)}</CodeText>
      <Button size="small" onClick={() => copy(text, select)}>
        <span aria-live="polite">{outcome === 'copied' ? t('common.copied') : (label ?? t('common.copy'))}</span>
      </Button>
    </div>
  )
}
