// Several lines that somebody pastes run as they arrive: they are shown before, all of them.
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { cleanText } from '../../../shared/domain/clean-text.ts'

export type PasteQuestionProps = {
  readonly text: string
  readonly onPaste: () => void
  readonly onClose: () => void
}

export function PasteQuestion({ text, onPaste, onClose }: PasteQuestionProps) {
  const { t } = useTranslation()
  const lines = text.replace(/\n$/, '').split('\n').length
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('terminal.pasteTitle', { count: lines })}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            onClick={() => {
              onPaste()
              onClose()
            }}
          >
            {t('terminal.paste')}
          </Button>
        </>
      }
    >
      <p>{t('terminal.pasteLead')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it */}
      <pre className="rs-terminal-pasted" tabIndex={0} translate="no">
        {cleanText(text, (hidden) => (hidden === '\t' || hidden === '\n' ? hidden : '\ufffd'))}
      </pre>
    </Modal>
  )
}
