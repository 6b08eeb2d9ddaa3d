// The page's way to its console: the key leaves the address at once, a lost link is dialled again, a refused
// window is not, and what is asked meanwhile fails instead of waiting for ever.
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { LinkState } from '../../renderer/console/console-link.ts'
import { withFlow } from '../../renderer/console/link/flow-wire.ts'
import {
  type Clock,
  type DialEvents,
  pauseMs,
  reconnectingLink,
  refusedLink,
  type Wire,
} from '../../renderer/console/link/reconnecting-link.ts'
import { linkUrl, webSocketDial } from '../../renderer/console/link/web-socket-dial.ts'
import { type PageParts, takeWindowKey } from '../../renderer/console/link/window-key.ts'
import { received } from '../../renderer/console/received.ts'

const token = 'a'.repeat(43)

function page(hash: string, kept: string | null = null, answer: Response | Error = new Error('not asked')) {
  const replaced: unknown[] = []
  const stored = new Map<string, string>(kept === null ? [] : [['rackside.token', kept]])
  const asked: string[] = []
  const parts: PageParts = {
    location: { hash, pathname: '/', search: '' },
    history: { replaceState: (_data, _unused, url) => void replaced.push(url) },
    storage: { getItem: (name) => stored.get(name) ?? null, setItem: (name, value) => void stored.set(name, value) },
    fetch: (input, init) => {
      asked.push(`${init?.method} ${String(input)} ${String(init?.body)}`)
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
  }
  return { parts, replaced, stored, asked }
}

describe('the key of a window', () => {
  it('is got for a code, which is out of the address before anything is awaited, and kept for a reload', async () => {
    const { parts, replaced, stored, asked } = page('#code=abc_-1', null, Response.json({ token }))
    const taken = takeWindowKey(parts)
    expect(replaced).toEqual(['/#/'])
    expect(await taken).toEqual({ ok: true, token })
    expect(asked).toEqual(['POST /session {"code":"abc_-1"}'])
    expect(await takeWindowKey(page('#/appliances', stored.get('rackside.token')).parts)).toEqual({ ok: true, token })
  })

  it.each([
    ['refused', new Response(null, { status: 403 })],
    ['not understood', new Response('<html>')],
    ['not there', new Error('network')],
  ])('is refused as used when the answer to a code is %s', async (_case, answer) => {
    const { parts } = page('#code=abc', null, answer)
    expect(await takeWindowKey(parts)).toEqual({ ok: false, failure: { kind: 'window-refused', reason: 'code-used' } })
  })

  it('is asked for again when no answer came, as when the network of the browser changes', async () => {
    const { parts } = page('#code=abc')
    let asked = 0
    const fetch: typeof parts.fetch = async () => {
      asked += 1
      if (asked === 1) throw new TypeError('Failed to fetch')
      return Response.json({ token })
    }
    expect(await takeWindowKey({ ...parts, fetch })).toEqual({ ok: true, token })
  })

  it('is missing in an address that was typed by hand, and a route is no key', async () => {
    const { parts, replaced } = page('#/appliances/token=1')
    expect(await takeWindowKey(parts)).toEqual({ ok: true, token: undefined })
    expect(replaced).toEqual([])
  })
})

/** A clock that stands still until it is told, and dials that a test answers itself. */
function harness() {
  const dials: DialEvents[] = []
  const waiting: { afterMs: number; act: () => void }[] = []
  let hungUp = 0
  const clock: Clock = {
    nowMs: () => 1_000_000,
    after: (afterMs, act) => {
      const one = { afterMs, act }
      waiting.push(one)
      return () => void (waiting.includes(one) && waiting.splice(waiting.indexOf(one), 1))
    },
  }
  const link = reconnectingLink((events) => {
    dials.push(events)
    return () => {
      hungUp += 1
    }
  }, clock)
  const states: LinkState['state'][] = []
  link.onChange(() => states.push(link.state().state))
  const newest = () => {
    const dial = dials.at(-1)
    if (dial === undefined) throw new Error('nothing was dialled')
    return dial
  }
  return { link, dials, waiting, states, newest, hungUp: () => hungUp }
}

const answering: Wire = { call: async (path) => ({ ok: true, value: path.join('.') }) }

describe('a link that reconnects', () => {
  it('is lost once and dialled again after growing pauses, until it is open', () => {
    const { link, dials, waiting, states, newest } = harness()
    newest().opened(answering)
    for (const expected of [500, 1000, 2000, 4000, 5000, 5000]) {
      newest().ended()
      const next = waiting.pop()
      expect(next?.afterMs).toBe(expected)
      expect(link.state()).toEqual({ state: 'lost', sinceMs: 1_000_000 })
      next?.act()
    }
    newest().opened(answering)
    expect(dials).toHaveLength(7)
    expect(states).toEqual(['open', 'lost', 'open'])
    expect([pauseMs(0), pauseMs(99)]).toEqual([500, 5000])
  })

  it('lets what is asked before the first opening wait for it', async () => {
    const { link, newest } = harness()
    const answer = link.calls.product.appliances.list({})
    newest().opened(answering)
    expect(await answer).toEqual({ ok: true, value: 'product.appliances.list' })
  })

  it('fails what is asked while it is lost with console-lost, at once', async () => {
    const { link, newest } = harness()
    newest().ended()
    const got = await received('appliances.list', link.calls.product.appliances.list({}))
    expect(got).toEqual({ ok: false, failure: { kind: 'console-lost' } })
  })

  it('does not dial again when the window is refused', async () => {
    const { link, waiting, dials, newest } = harness()
    newest().ended({ kind: 'window-refused', reason: 'wrong-key' })
    expect(link.state()).toEqual({ state: 'refused', failure: { kind: 'window-refused', reason: 'wrong-key' } })
    expect([waiting.length, dials.length]).toEqual([0, 1])
    const refused = refusedLink({ kind: 'window-refused', reason: 'no-key' })
    await Promise.resolve()
    expect(refused.state().state).toBe('refused')
  })

  it('is lost when the console keeps it open and does not answer any more', async () => {
    const { link, waiting, newest, hungUp } = harness()
    const silent: Wire = { call: () => new Promise(() => undefined) }
    newest().opened(silent)
    for (const expected of [10_000, 10_000]) {
      const next = waiting.pop()
      expect([next?.afterMs, link.state().state]).toEqual([expected, 'open'])
      next?.act()
    }
    expect([hungUp(), link.state().state]).toEqual([1, 'lost'])
    expect(waiting.map(({ afterMs }) => afterMs)).toEqual([500])
  })

  it('stays open as long as the console answers', async () => {
    const { link, waiting, newest } = harness()
    newest().opened(answering)
    for (let beat = 0; beat < 3; beat += 1) {
      waiting.pop()?.act()
      await new Promise((resolve) => setTimeout(resolve))
      expect([waiting.length, link.state().state]).toEqual([1, 'open'])
    }
  })

  it('hangs up, and forgets its next dialling, when it is closed', () => {
    const open = harness()
    open.newest().opened(answering)
    open.link.close()
    expect(open.hungUp()).toBe(1)
    const lost = harness()
    lost.newest().ended()
    lost.link.close()
    expect(lost.waiting).toEqual([])
  })
})

class PretendSocket extends EventTarget {
  binaryType: BinaryType = 'blob'
  readonly readyState = 1
  closed = false
  send(): void {}
  close(): void {
    this.closed = true
  }
}

function socketDial() {
  const socket = new PretendSocket()
  const opened: string[][] = []
  const ends: unknown[] = []
  const dial = webSocketDial({
    url: 'ws://127.0.0.1:8722/link',
    token,
    open: (_url, protocols) => {
      opened.push(protocols)
      return socket as unknown as WebSocket
    },
  })
  const hangUp = dial({ opened: () => ends.push('opened'), ended: (refused) => ends.push(refused) })
  return { socket, opened, ends, hangUp }
}

describe('a WebSocket to the console', () => {
  it('carries the key as a sub-protocol and not in its address', () => {
    const { opened } = socketDial()
    expect(opened).toEqual([['rackside.1', `rackside.token.${token}`]])
    expect(linkUrl({ host: '127.0.0.1:8722', protocol: 'http:' })).toBe('ws://127.0.0.1:8722/link')
  })

  it.each([
    [4401, 'wrong-key', { kind: 'window-refused', reason: 'wrong-key' }],
    [4401, 'no-key', { kind: 'window-refused', reason: 'no-key' }],
    [4401, '', { kind: 'window-refused', reason: 'wrong-key' }],
    [1006, '', undefined],
    [1001, 'ended', undefined],
  ])('closed with %i "%s" ends so', (code, reason, end) => {
    const { socket, ends } = socketDial()
    socket.dispatchEvent(new CloseEvent('close', { code, reason }))
    expect(ends).toEqual([end])
  })

  it('says nothing any more when it was hung up', () => {
    const { socket, ends, hangUp } = socketDial()
    hangUp()
    expect(socket.closed).toBe(true)
    socket.dispatchEvent(new CloseEvent('close', { code: 1006 }))
    socket.dispatchEvent(new Event('open'))
    expect(ends).toEqual([])
  })
})

describe('a stream over the link', () => {
  it('is named in its call and gives credit for what was taken, so that a reader who stops stops its source', async () => {
    const given: unknown[] = []
    const names: unknown[] = []
    const wire = withFlow({
      call: async (path, input, options) => {
        if (path.join('.') === 'flow.more') {
          given.push(input)
          return { ok: true, value: {} }
        }
        names.push(options.context.stream)
        return (async function* () {
          for (let item = 0; item < 100; item += 1) yield item
        })()
      },
    })
    const items = (await wire.call(['product', 'setup', 'follow'], {}, { context: {} })) as AsyncGenerator<number>
    const taken = [await items.next(), await items.next(), await items.next()].map(({ value }) => value)
    await items.return(undefined)
    expect([taken, names]).toEqual([[0, 1, 2], ['1']])
    const credit = given.map((one) => z.object({ stream: z.literal('1'), items: z.int() }).parse(one).items)
    expect(credit.reduce((sum, one) => sum + one, 0)).toBe(2)
  })
})
