// The link for uploads: there is one at a time, and nothing of it stays.
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Link } from '../../../../main/connect/link.ts'
import { uploadLinks } from '../../../../main/connect/upload-link.ts'
import { type Failure, fail, ok } from '../../../../shared/domain/failure.ts'

const lostFailure = (during: string): Failure => ({ kind: 'link-lost', host: 'h', port: 22, during })

function pretendLink() {
  const listeners = new Set<() => void>()
  const lose = (): void => {
    for (const listener of [...listeners]) listener()
    listeners.clear()
  }
  const link = {
    ...{ address: { host: 'h', port: 22, user: 'ops' }, lostFailure },
    onLost: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => lose(),
  } as unknown as Link
  return { link, listeners, lose }
}

function pretendTime() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  return { passIdleTime: () => vi.advanceTimersByTimeAsync(31_000) }
}

const alone = { rootBy: 'sudo', severalAllowed: false } as const
const upload = async () => ok(undefined)

describe('the link for uploads', () => {
  it('that ends after its time does not end the one that came after it', async () => {
    const { passIdleTime } = pretendTime()
    const opened: ReturnType<typeof pretendLink>[] = []
    const open = async () => {
      const one = pretendLink()
      // The first one takes long to end.
      const link = opened.length === 0 ? { ...one.link, close: async () => undefined } : one.link
      opened.push(one)
      return ok(link)
    }
    const links = uploadLinks(pretendLink().link, { open, ...alone })
    await links.use(upload)
    await passIdleTime()
    await links.use(upload)
    opened[0]?.lose()
    await links.use(upload)
    expect(opened).toHaveLength(2)
  })

  it('that is lost is opened again by the next upload', async () => {
    pretendTime()
    const opened: ReturnType<typeof pretendLink>[] = []
    const open = async () => {
      opened.push(pretendLink())
      return ok((opened.at(-1) as ReturnType<typeof pretendLink>).link)
    }
    const links = uploadLinks(pretendLink().link, { open, ...alone })
    await links.use(upload)
    opened[0]?.lose()
    await links.use(upload)
    expect(opened).toHaveLength(2)
  })

  it('leaves nobody listening, also where it is the first link, which lives on', async () => {
    const { passIdleTime } = pretendTime()
    const main = pretendLink()
    const shared: Link = { ...main.link, close: async () => undefined }
    const links = uploadLinks(main.link, { open: async () => ok(shared), ...alone })
    const before = main.listeners.size
    for (const _ of [1, 2, 3]) {
      await links.use(upload)
      await passIdleTime()
    }
    expect(main.listeners.size).toBe(before)
  })

  it('that cannot be opened is tried again by the next upload, and says why', async () => {
    pretendTime()
    const refused = lostFailure('dial')
    let dials = 0
    const open = async () => {
      dials += 1
      return dials === 1 ? fail(refused) : ok(pretendLink().link)
    }
    const links = uploadLinks(pretendLink().link, { open, ...alone })
    expect(await links.use(upload)).toEqual(fail(refused))
    expect(await links.use(upload)).toEqual(ok(undefined))
    expect(dials).toBe(2)
    await links.close()
  })

  it('is kept while an upload uses it and for half a minute after, and then closed, with what was found out', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    let closed = 0
    const close = async () => {
      closed += 1
    }
    const link: Link = { ...pretendLink().link, close }
    const links = uploadLinks(pretendLink().link, { open: async () => ok(link), ...alone })
    let settle = (): void => undefined
    const long = new Promise<void>((resolve) => {
      settle = resolve
    })
    const slow = links.use(async () => ok(await long))
    await links.use(upload)
    links.worth.lanes = 3
    await vi.advanceTimersByTimeAsync(120_000)
    expect(closed).toBe(0)
    settle()
    await slow
    await vi.advanceTimersByTimeAsync(29_000)
    expect([closed, links.worth.lanes]).toEqual([0, 3])
    await vi.advanceTimersByTimeAsync(2_000)
    expect([closed, links.worth.lanes]).toEqual([1, undefined])
  })

  it('ends with the first one, also while it is being opened, and there is none any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    for (const end of ['lost', 'closed'] as const) {
      const main = pretendLink()
      const late = pretendLink()
      let dials = 0
      let come = (): void => undefined
      const coming = new Promise<void>((resolve) => {
        come = resolve
      })
      const open = async () => {
        dials += 1
        await coming
        return ok(late.link)
      }
      const links = uploadLinks(main.link, { open, rootBy: 'sudo', severalAllowed: true })
      const using = links.use(upload)
      const ended = end === 'lost' ? main.lose() : links.close()
      come()
      await ended
      expect(await using).toEqual(fail(lostFailure('put')))
      expect(late.listeners.size).toBe(0)
      expect(await links.use(upload)).toEqual(fail(lostFailure('put')))
      expect(await links.further(1)).toBeUndefined()
      expect([dials, vi.getTimerCount()]).toEqual([1, 0])
    }
  })

  it('has further ones beside it where several are allowed, each dialled once, all closed with it', async () => {
    pretendTime()
    const opened: ReturnType<typeof pretendLink>[] = []
    const open = async () => {
      const one = pretendLink()
      opened.push(one)
      return opened.length === 3 ? fail(lostFailure('dial')) : ok(one.link)
    }
    const links = uploadLinks(pretendLink().link, { open, rootBy: 'sudo', severalAllowed: true })
    await links.use(async (sessions) => {
      const [second, again] = [await links.further(1), await links.further(1)]
      expect([sessions.link, second?.link, again]).toEqual([opened[0]?.link, opened[1]?.link, second])
      expect([await links.further(2), await links.further(2)]).toEqual([undefined, undefined])
      return ok(undefined)
    })
    expect(opened).toHaveLength(3)
    await links.close()
    expect(opened.map(({ listeners }) => listeners.size)).toEqual([0, 0, 0])
    const one = uploadLinks(pretendLink().link, { open, ...alone })
    expect(await one.further(1)).toBeUndefined()
    expect(opened).toHaveLength(3)
  })
})
