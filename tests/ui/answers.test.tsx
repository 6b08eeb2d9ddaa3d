// What a screen holds of a question while it is asked again, and of a test whose link was lost and came back.
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useAnswer } from '../../renderer/console/answers.ts'
import { useConnectionTest } from '../../renderer/console/connection/use-connection-test.ts'
import type { ConnectStep } from '../../shared/domain/connect-step.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { passedSteps } from './gallery/scripted-access.ts'
import { handStream } from './hand-stream.ts'
import { show } from './show.tsx'

const locked: Failure = { kind: 'vault-locked' }

describe('a question that failed', () => {
  it('keeps its failure while it is asked again, so that what is done about it stays open', async () => {
    let settle: (answer: Result<string>) => void = () => undefined
    const ask = () => new Promise<Result<string>>((resolve) => (settle = resolve))
    function Asked() {
      const { answer, asking, askAgain } = useAnswer({ key: ['asked'], ask })
      return (
        <button type="button" onClick={askAgain} data-asking={asking}>
          {answer.state === 'answered' ? answer.value : answer.state}
        </button>
      )
    }
    show(<Asked />)
    const shown = screen.getByRole('button')
    await waitFor(() => expect(shown.dataset['asking']).toBe('true'))
    await act(async () => settle(fail(locked)))
    await waitFor(() => expect(shown.textContent).toBe('failed'))
    fireEvent.click(shown)
    await waitFor(() => expect(shown.dataset['asking']).toBe('true'))
    expect(shown.textContent).toBe('failed')
    await act(async () => settle(ok('well')))
    await waitFor(() => expect(shown.textContent).toBe('well'))
  })
})

describe('a connection test', () => {
  it('whose link was lost begins anew, and shows no step twice', async () => {
    const stream = handStream<ConnectStep>()
    function Tested() {
      const { steps } = useConnectionTest({ by: 'name', name: 'ward' })
      return <output>{steps.map(({ step }) => step).join(' ')}</output>
    }
    const { link } = show(<Tested />, { connect: { test: stream.call } })
    stream.give(...passedSteps.slice(0, 2))
    await screen.findByText('jump resolve')
    act(() => link.setState({ state: 'lost', sinceMs: 0 }))
    await waitFor(() => expect(stream.open()).toBe(0))
    act(() => link.setState({ state: 'open' }))
    await waitFor(() => expect(stream.open()).toBe(1))
    await act(async () => stream.give(...passedSteps.slice(2, 3)))
    await screen.findByText('jump resolve connect')
  })
})
