// Text to be copied where a page may not write the clipboard: of an address that is not this computer's, say.
import { fireEvent, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { CopyBlock } from '../../renderer/console/copy-block.tsx'
import { show } from './show.tsx'

it('without a clipboard selects its own text, wherever else one is shown', () => {
  expect(navigator.clipboard).toBeUndefined()
  show(
    <>
      <CopyBlock text="the first" label="Copy the first" />
      <CopyBlock text="the second" label="Copy the second" />
    </>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Copy the second' }))
  expect(getSelection()?.toString()).toBe('the second')
})
