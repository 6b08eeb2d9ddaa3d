// What came back from the identity provider, among the windows of one browser: the one that began it takes it, once, and
// no other; where none waits, the page that came back is told so.
import { describe, expect, it, onTestFinished } from 'vitest'
import { tellReturned, whenReturned } from '../../../../../renderer/console/operators/provider-channel.ts'

const patience = 200

function waiting(state: string): string[] {
  const heard: string[] = []
  onTestFinished(whenReturned(state, (returned) => heard.push(returned)))
  return heard
}

describe('what came back', () => {
  it('is taken by the window whose state it has, and by no other', async () => {
    const [one, other] = [waiting('one'), waiting('other')]
    expect(await tellReturned('?code=abc&state=other&iss=x', patience)).toBe(true)
    expect([one, other]).toEqual([[], ['code=abc&state=other&iss=x']])
  })

  it('is taken once', async () => {
    const heard = waiting('one')
    expect(await tellReturned('?code=abc&state=one', patience)).toBe(true)
    expect(await tellReturned('?code=abc&state=one', patience)).toBe(false)
    expect(heard).toHaveLength(1)
  })

  it.each(['?code=abc&state=another', '?code=abc&state=', '?code=abc', '', '?error=access_denied'])(
    'is awaited by nobody: "%s"',
    async (query) => {
      const heard = [waiting('one'), waiting('')]
      expect(await tellReturned(query, patience)).toBe(false)
      expect(heard[0]).toEqual([])
    },
  )

  it('is heard by no window that gave up waiting', async () => {
    const heard: string[] = []
    whenReturned('one', (returned) => heard.push(returned))()
    expect(await tellReturned('?code=abc&state=one', patience)).toBe(false)
    expect(heard).toEqual([])
  })

  it('is nothing that anybody else says there', async () => {
    const heard = waiting('one')
    const channel = new BroadcastChannel('rackside.provider')
    onTestFinished(() => channel.close())
    for (const said of [null, 'one', { state: 'one' }, { state: 1, returned: 'x' }, { taken: 'one' }])
      channel.postMessage(said)
    expect(await tellReturned('?state=two', patience)).toBe(false)
    expect(heard).toEqual([])
  })
})
