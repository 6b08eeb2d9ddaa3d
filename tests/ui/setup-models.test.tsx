// Which installed model an app asks that brings none: said in the review, chosen where there are several, and another plan
// with what is chosen.
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { chosenModel, modelToChoose } from './gallery/scripted-models.ts'
import { wardPlan } from './gallery/scripted-plans.ts'
import { showReview } from './show-setup.tsx'

describe('the installed model of an app', () => {
  it('is chosen where there are several, and stays with what was chosen besides', async () => {
    const purpose = { ...wardPlan().purpose, stopFirst: true as const }
    const { link } = showReview(wardPlan({ ...modelToChoose, purpose }))
    const shown = within(await screen.findByTestId('model-choice'))
    expect(document.querySelector('[data-kind="choose-model"]')?.textContent).toContain('Choose one of those')
    fireEvent.mouseDown(shown.getByLabelText('Model that letters asks'))
    fireEvent.click(await screen.findByText('baichuan-m2 of ward (baichuan-m2)'))
    await waitFor(() => expect(link.asked.map(({ call }) => call)).toContain('setup.plan'))
    expect(link.asked.find(({ call }) => call === 'setup.plan')?.input).toMatchObject({
      stopFirst: true,
      uses: [{ service: 'letters', deployment: 'baichuan-m2' }],
    })
  })

  it('is only said where there is no other', async () => {
    showReview(wardPlan(chosenModel))
    const shown = await screen.findByTestId('model-choice')
    expect(shown.textContent).toContain('letters uses baichuan-m2 of ward (baichuan-m2)')
    expect(within(shown).queryByRole('combobox')).toBeNull()
  })

  it('is not spoken of in a solution that has its own', async () => {
    showReview(wardPlan())
    await screen.findByTestId('install')
    expect(screen.queryByTestId('model-choice')).toBeNull()
  })
})
