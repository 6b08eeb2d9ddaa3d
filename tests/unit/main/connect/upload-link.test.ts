// The link for uploads: there is one at a time, and nothing of it stays.
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Link } from '../../../../main/connect/link.ts'
import { uploadLinks } from '../../../../main/connect/upload-link.ts'
import { type Failure, ok } from '../../../../shared/domain/failure.ts'

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
})
