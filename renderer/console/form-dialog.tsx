// A dialog that is one form with one act: Enter does it, Escape leaves it, and while it is done it is not done again.
import { Button, Modal } from 'antd'
import { type ReactNode, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { FailureNote } from './failure-note.tsx'

export type FormDialogProps = {
  readonly title: string
  /** What the one act is called; missing while there is none. */
  readonly word?: string
  /** `failure`: of the last try, unless it stands beside a field. */
  readonly act: { readonly busy: boolean; readonly failure: Failure | undefined }
  readonly ready: boolean
  /** It cannot be taken back: whoever presses Enter at once leaves it. */
  readonly destroys?: boolean
  readonly width?: number
  readonly testId?: string
  readonly onGo: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}

export function FormDialog({ title, word, act, ready, destroys = false, width = 520, ...asked }: FormDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const form = useRef<HTMLFormElement>(null)
  // Above another dialog, that one takes the keyboard back while this one opens.
  const begin = () => {
    if (destroys) return
    const go = document.querySelector<HTMLElement>(`button[form="${formId}"]`)
    const first = form.current?.querySelector('input') ?? go
    first?.focus()
  }
  const { testId, onGo, onCancel, children } = asked
  const kind = destroys ? { danger: true } : { type: 'primary' as const }
  return (
    <Modal
      open
      afterOpenChange={(isOpen) => isOpen && begin()}
      onCancel={onCancel}
      width={width}
      title={title}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button autoFocus={destroys} onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          {word === undefined ? null : (
            <Button {...kind} htmlType="submit" form={formId} disabled={!ready} loading={act.busy}>
              {word}
            </Button>
          )}
        </>
      }
    >
      <form
        ref={form}
        id={formId}
        className="rs-form"
        data-testid={testId}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !act.busy) onGo()
        }}
      >
        {children}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </form>
    </Modal>
  )
}
