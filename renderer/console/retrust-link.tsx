// The one way from a key or a machine that is not the expected one to trusting the new one: a link, never a button
// that goes on, to a dialog of its own. A revoked key has no such way.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { RetrustDialog } from './retrust-dialog.tsx'
import type { Retrustable } from './retrust-question.ts'

function isRetrustable(failure: Failure): failure is Retrustable {
  return failure.kind === 'host-key-changed' || failure.kind === 'other-machine'
}

export type RetrustLinkProps = { readonly failure: Failure; readonly onTrusted?: (() => void) | undefined }

export function RetrustLink({ failure, onTrusted }: RetrustLinkProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (!isRetrustable(failure)) return null
  return (
    <>
      <button type="button" className="rs-link rs-link-act" onClick={() => setOpen(true)}>
        {t(failure.kind === 'other-machine' ? 'trust.replacedMachine' : 'trust.reinstalled')}
      </button>
      {open ? <RetrustDialog failure={failure} onClose={() => setOpen(false)} onTrusted={onTrusted} /> : null}
    </>
  )
}
